import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A sequential pruning in progress, one group after another, each on the activations of the network pruned so far.
///
/// After any group, ``state`` determines the rest: a pruning resumed from it results in the same network. The residual
/// of a group is measured in the pass for the next group if all layers that read the group have their inputs at one
/// cut; otherwise, and for the last group, in a separate pass.
package struct SequentialPruning {
  private let request: PruningRequest
  private let data: any CalibrationData
  private let targets: [PruningGroup]
  private let stops: [PruningOrder.Stop]
  private let original: Graph
  private let prepared: Graph
  private var run: PruningRun
  private var calibration: SequentialCalibration
  /// The weights with which the last group was calibrated.
  private var before: Graph
  private var passes = 0

  /// The pruning of `graph` by `request`, from the start or from `state`.
  ///
  /// - Throws: `EspalierError`: a refusal if nothing can be pruned; otherwise if the network or the data cannot be
  ///   used, or the state belongs to another pruning.
  package init(
    _ graph: Graph, _ request: PruningRequest, calibration data: any CalibrationData,
    backend: any Backend = Backends.standard, from state: PruningState? = nil
  ) throws(EspalierError) {
    self.request = request
    self.data = data
    prepared = try graph.preparedForPruning()
    targets = try request.targets(among: prepared.pruningGroups())
    stops = PruningOrder(prepared, targets).stops
    original = graph
    let pass = CalibrationPass(
      graph: prepared, readings: GroupReading.all(of: targets), need: request.need, gramLimit: request.gramLimit)
    let batchSize = try pass.batchSize(
      atMost: request.folds(of: data).batchSize(atMost: request.batchSize), of: data.count)
    if let state {
      let origin = Self.origin(graph, request, data)
      try state.record.origin.check(against: origin, PruningRecord.kind)
      run = try PruningRun(
        prepared, from: graph, request, on: data, backend: backend, continuing: state.record, stops.map(\.group))
      before = run.silenced.storing(state.record.before)
      passes = state.record.passes
      calibration = SequentialCalibration(
        data, batchSize: batchSize, storedActivations: try state.storedActivations(budget: request.activationMemory),
        sampleCount: state.record.sampleCount, backend: backend)
    } else {
      run = PruningRun(prepared, from: graph, request, on: data, backend: backend)
      before = run.silenced
      calibration = SequentialCalibration(
        data, batchSize: batchSize, storedActivations: StoredActivations(budget: request.activationMemory),
        backend: backend)
    }
    try run.prepare(for: targets, of: prepared)
  }

  /// Chooses the next group; `false` if none is left.
  ///
  /// - Parameter progress: Receives the numbers of samples done and to do in all passes.
  /// - Throws: `EspalierError` if the network or the data cannot be used.
  package mutating func next(_ progress: (Int, Int) -> Void = { _, _ in }) throws(EspalierError) -> Bool {
    guard run.decisionCount < stops.count else { return false }
    let index = run.decisionCount
    let stop = stops[index]
    let (done, total) = (passes * data.count, passCount * data.count)
    var pass = CalibrationPass(
      graph: run.network(for: stop.group), readings: GroupReading.all(of: [stop.group]), need: request.need,
      gramLimit: request.gramLimit)
    pass.cut = stop.cut
    pass.folds = request.folds(of: data)
    // Until something is pruned, the network's own values are the dense network's.
    if request.refit != nil, request.target == .dense, index > 0 { pass.reference = prepared }
    pass.dropped = try run.unmeasuredPart(isMasked: true).map { (part) throws(EspalierError) in
      try DroppedPart.Nodes(of: part, in: before, beside: pass.graph)
    }
    let runner = try calibration.advance(pass) { progress(done + $0, total) }
    if index > 0, let residual = runner.residual { run.measured(stops[index - 1].group, residual) }
    passes += 1
    run.calibrated(calibration.sampleCount)
    before = run.silenced
    try run.choose(stop.group, by: runner.statistics)
    if let part = run.unmeasuredPart(isMasked: false), !stop.isReadAtOnce || index == stops.count - 1 {
      let look = CalibrationPass(
        graph: pass.graph, gramLimit: request.gramLimit,
        dropped: try DroppedPart.Nodes(of: part, in: before, beside: pass.graph))
      let runner = try calibration.look(look) { progress(done + data.count + $0, total) }
      if let residual = runner.residual { run.measured(stop.group, residual) }
      passes += 1
      run.calibrated(calibration.sampleCount)
    }
    return true
  }

  /// Cuts the dropped units and compares the result with the masked network, once all groups are chosen.
  ///
  /// - Throws: `EspalierError`, a refusal, if the two differ, or if nothing is dropped although the request asked for
  ///   it.
  package mutating func finish() throws(EspalierError) -> PruningResult { try run.finish(targets) }

  /// The state that determines the rest of the pruning. After the last group it holds no values between layers, which
  /// nothing reads any more. Complexity: O(bytes of the weights).
  package var state: PruningState {
    PruningState(
      record: PruningRecord(
        origin: Self.origin(original, request, data), decisions: run.records,
        dense: run.dense.constants(otherThanIn: prepared),
        silenced: run.silenced.constants(otherThanIn: run.dense), before: before.constants(otherThanIn: run.silenced),
        passes: passes, sampleCount: calibration.sampleCount, seconds: run.secondsSoFar),
      run.decisionCount < stops.count ? calibration.storedActivations : StoredActivations(budget: 0))
  }

  /// The identity of a pruning, by which its states are recognised.
  static func origin(
    _ graph: Graph, _ request: PruningRequest, _ data: any CalibrationData
  ) -> StateOrigin {
    var samples = Checksum()
    samples.add("\(data.count) samples")
    return StateOrigin(
      sources: ["network": graph.checksum, "set of calibration inputs": samples.value],
      settings: StateOrigin.settings(of: request, except: ["activationMemory", "checkpoints"]))
  }

  private var passCount: Int {
    guard request.need == .sums else { return stops.count }
    return stops.count + stops.count { !$0.isReadAtOnce } + (stops.last?.isReadAtOnce == true ? 1 : 0)
  }
}

extension Graph {
  /// The stored values that differ from those of `other`, a graph with the same names.
  fileprivate func constants(otherThanIn other: Graph) -> [String: Tensor] {
    let changed = constants.filter { other.constants[$0.key] != $0.value }
    return Dictionary(uniqueKeysWithValues: changed.map { ($0.key, $0.value) })
  }

  /// The graph with these stored values in place of its own.
  func storing(_ values: [String: Tensor]) -> Graph {
    var graph = self
    for (name, tensor) in values where graph.constants[name] != nil { graph.constants[name] = tensor }
    return graph
  }
}
