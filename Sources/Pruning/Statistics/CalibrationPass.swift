import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// The statistics to gather in one pass through (a part of) a network, and the values to leave for the next.
struct CalibrationPass {
  /// The network as pruned so far.
  var graph: Graph
  /// The dense network, whose values the layers are to reproduce; `nil` if they are to reproduce their own.
  var reference: Graph?
  /// The division of the samples, whose statistics are kept apart.
  var folds = Folds.none
  /// The readings to gather statistics for.
  var readings: [GroupReading] = []
  var need = StatisticsNeed.sums
  /// The number of samples of the pass, by which second moments may do with a part of the windows of convolutions
  /// (``Windows/step(rows:samples:)``); `nil` for all windows.
  var sampleCount: Int?
  /// The most bytes of a Gram matrix in double precision.
  var gramLimit: Int
  /// The nodes in `graph` that measure the residual of a group, if any.
  var dropped: DroppedPart.Nodes?
  /// The values at which the next pass begins.
  var cut: [String] = []
}

/// Runs one pass, batch by batch.
struct CalibrationPassRunner {
  private let pass: CalibrationPass
  private let backend: any Backend
  private var compiled: (origin: [String: TensorType], part: CompiledPass)?
  /// The statistics at each point, fold by fold.
  private var totals: [StatisticsNodes.Point: [ActivationStatistics]] = [:]
  /// The targets of each layer, fold by fold.
  private var targets: [GroupReading: [TargetMoments]] = [:]
  private var points: [GroupReading: StatisticsNodes.Point] = [:]
  private var norms: [String: Double] = [:]

  init(_ pass: CalibrationPass, on backend: any Backend) {
    self.pass = pass
    self.backend = backend
  }

  /// Runs one batch, which belongs to `fold`, and returns the values of the next cut.
  mutating func run(_ batch: StoredActivationBatch, fold: Int = 0) throws(EspalierError) -> StoredActivationBatch {
    let part: CompiledPass
    if let compiled, compiled.origin == batch.origin {
      part = compiled.part
    } else {
      part = try CompiledPass(pass, for: batch, on: backend)
      compiled = (batch.origin, part)
    }
    points = part.statistics.points
    try part.run(batch)
    for (point, outputs) in part.statistics.outputs {
      let count = pass.affordableFolds(outputs, part.statistics)
      totals[point, default: Array(repeating: outputs.empty, count: count)][fold * count / pass.folds.count].add(
        .init(
          count: outputs.columns, samples: batch.sampleCount, first: try part.floats(outputs.first),
          magnitudes: try outputs.magnitudes.map(part.floats), partial: try outputs.partial.map(part.floats),
          second: try outputs.second.map(part.floats), outputEnergy: try outputs.outputEnergy.map(part.floats)?[0]))
    }
    for (reading, outputs) in part.targets?.outputs ?? [:] {
      guard let count = points[reading].flatMap({ totals[$0]?.count }) else { continue }
      targets[reading, default: Array(repeating: outputs.empty, count: count)][fold * count / pass.folds.count].add(
        .init(
          cross: try part.floats(outputs.cross), sum: try part.floats(outputs.sum),
          squares: try part.floats(outputs.squares)))
    }
    for name in part.norms { norms[name, default: 0] += Double(try part.floats(name)[0]) }
    return try part.cut(of: batch)
  }

  /// The first value whose sums overflowed single precision.
  var overflow: String? {
    if let reading = statistics.first(where: { !$0.value.isFinite }) { return reading.key.layer.activation.value }
    return norms.first { !$0.value.isFinite }?.key
  }

  /// The statistics of each layer's input.
  var statistics: [GroupReading: ActivationStatistics] {
    var result: [GroupReading: ActivationStatistics] = [:]
    for (reading, point) in points {
      guard var folds = totals[point] else { continue }
      if let targets = targets[reading] { for index in folds.indices { folds[index].target = targets[index] } }
      folds.removeAll { $0.count == 0 }
      guard var total = folds.first else { continue }
      for fold in folds.dropFirst() { total.add(fold) }
      total.folds = folds.count > 1 ? folds : []
      result[reading] = total
    }
    return result
  }

  /// `|| V ||_F^2` and `|| U ||_F^2`, summed over the layers that read the group whose residual is measured.
  var residual: (dropped: Double, output: Double)? { pass.dropped.map { residual(of: $0.norms) } }

  /// The same for one of several groups measured in one pass.
  func residual(of part: DroppedPart.Norms) -> (dropped: Double, output: Double) {
    (
      part.residuals.reduce(0) { $0 + norms[$1, default: 0] }, part.energies.reduce(0) { $0 + norms[$1, default: 0] }
    )
  }
}

/// A pass compiled for batches of one size.
private struct CompiledPass {
  let statistics: StatisticsNodes
  let targets: TargetNodes?
  let norms: [String]
  private let session: Session?
  private let inputs: [String]
  private let handedOn: [String]
  private let computed: [String]

  init(_ pass: CalibrationPass, for batch: StoredActivationBatch, on backend: any Backend) throws(EspalierError) {
    let (part, feeds, results, cut, statistics, targets) = try pass.part(from: batch.types, origin: batch.origin)
    self.statistics = statistics
    self.targets = targets
    norms = pass.dropped?.norms.names ?? []
    session =
      results.isEmpty
      ? nil
      : try Session(
        Plan(
          part, feeds: feeds, results: results, inputOrders: batch.values.mapValues(\.order),
          freeResults: Set(cut)), on: backend)
    inputs = feeds.keys.sorted()
    let own = Set(results)
    computed = cut.filter(own.contains)
    handedOn = cut.filter { batch.types[$0] != nil }
  }

  func run(_ batch: StoredActivationBatch) throws(EspalierError) {
    guard let session else { return }
    for name in inputs { try session.set(name, to: batch.values[name]!) }
    session.run()
  }

  func floats(_ name: String) throws(EspalierError) -> UnsafeMutableBufferPointer<Float> {
    try session!.buffer(name).floats
  }

  func cut(of batch: StoredActivationBatch) throws(EspalierError) -> StoredActivationBatch {
    var values: [String: StoredValue] = [:]
    for name in handedOn { values[name] = batch.values[name] }
    for name in computed { values[name] = try session!.buffer(name).stored() }
    return StoredActivationBatch(values: values, origin: batch.origin, sampleCount: batch.sampleCount)
  }
}

extension CalibrationPass {
  /// The most bytes for the Gram matrices of folds, beside those of all samples.
  private static let foldLimit = 1 << 30

  /// The number of folds that are kept apart at a point with these sums: what fits, each point having an equal share.
  fileprivate func affordableFolds(_ outputs: StatisticsNodes.Outputs, _ statistics: StatisticsNodes) -> Int {
    guard case .gram(let gram)? = outputs.empty.secondMoments else { return 1 }
    let bytes = gram.elements.count * MemoryLayout<Double>.stride
    return folds.affordable(bytes, within: Self.foldLimit / max(statistics.outputs.count, 1))
  }

  /// A part of the network with all that a pass computes.
  typealias Part = (
    graph: Graph, feeds: [String: TensorType], results: [String], cut: [String], statistics: StatisticsNodes,
    targets: TargetNodes?
  )

  /// The part of the network from `sources` to the outputs of the pass.
  ///
  /// - Parameter origin: The types of the network's own inputs for the batch, from which statically known values
  ///   follow.
  func part(from sources: [String: TensorType], origin: [String: TensorType]) throws(EspalierError) -> Part {
    let inference = try TypeInference(graph, feeds: origin)
    let statistics = try StatisticsNodes(
      of: readings, in: graph, need: need, gramLimit: gramLimit, samples: sampleCount, inference)
    let reference = try reference.flatMap { (dense) throws(EspalierError) in
      try ReferenceNetwork(dense, sources: Set(sources.keys), origin: origin)
    }
    let targets = reference.map { TargetNodes(of: readings, in: graph, $0, statistics, inference) }
    let added = [reference?.graph, statistics.added, targets?.added, dropped?.added].compactMap(\.self)
    let whole = graph.weaving(added)
    var known = inference.constants.filter { graph.constants[$0.key] == nil }
    for (name, tensor) in reference?.graph.constants ?? [:] where graph.constants[name] == nil { known[name] = tensor }
    var cut = cut
    if let reference { cut += self.cut.map { reference[$0] }.filter { !self.cut.contains($0) && known[$0] == nil } }
    let computed = cut.filter { sources[$0] == nil && known[$0] == nil }
    let results =
      statistics.outputs.values.flatMap(\.names).sorted()
      + (targets?.outputs.values.flatMap(\.names).sorted() ?? []) + (dropped?.norms.names ?? []) + computed
    let given = Set(sources.keys).union(known.keys)
    var part = whole.extracting(from: given.sorted().map { ValueInfo($0) }, to: results)
    let read = Set(part.nodes.flatMap(\.inputs) + part.nodes.flatMap(\.capturedValues) + results)
    part.inputs.removeAll { !read.contains($0.name) }
    for (name, tensor) in known where read.contains(name) { part.constants[name] = tensor }
    return (part, sources.filter { read.contains($0.key) && known[$0.key] == nil }, results, cut, statistics, targets)
  }
}
