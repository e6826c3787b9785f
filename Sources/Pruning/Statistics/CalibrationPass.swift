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
  /// The readings to gather statistics for.
  var readings: [GroupReading] = []
  var need = StatisticsNeed.sums
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
  private var totals: [StatisticsNodes.Point: ActivationStatistics] = [:]
  private var points: [GroupReading: StatisticsNodes.Point] = [:]
  private var norms: [String: Double] = [:]

  init(_ pass: CalibrationPass, on backend: any Backend) {
    self.pass = pass
    self.backend = backend
  }

  /// Runs one batch, and returns the values of the next cut.
  mutating func run(_ batch: StoredActivationBatch) throws(EspalierError) -> StoredActivationBatch {
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
      totals[point, default: outputs.empty].add(
        .init(
          count: outputs.columns, samples: batch.sampleCount, first: try part.floats(outputs.first),
          magnitudes: try outputs.magnitudes.map(part.floats),
          second: try outputs.second.map(part.floats), outputEnergy: try outputs.outputEnergy.map(part.floats)?[0]))
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
  var statistics: [GroupReading: ActivationStatistics] { points.compactMapValues { totals[$0] } }

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
  let norms: [String]
  private let session: Session?
  private let inputs: [String]
  private let handedOn: [String]
  private let computed: [String]

  init(_ pass: CalibrationPass, for batch: StoredActivationBatch, on backend: any Backend) throws(EspalierError) {
    let (part, feeds, results, statistics) = try pass.part(from: batch.types, origin: batch.origin)
    self.statistics = statistics
    norms = pass.dropped?.norms.names ?? []
    session =
      results.isEmpty
      ? nil
      : try Session(
        Plan(
          part, feeds: feeds, results: results, inputOrders: batch.values.mapValues(\.order),
          freeResults: Set(pass.cut)), on: backend)
    inputs = feeds.keys.sorted()
    let own = Set(results)
    computed = pass.cut.filter(own.contains)
    handedOn = pass.cut.filter { batch.types[$0] != nil }
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
  /// The part of the network from `sources` to the outputs of the pass.
  ///
  /// - Parameter origin: The types of the network's own inputs for the batch, from which statically known values
  ///   follow.
  func part(
    from sources: [String: TensorType], origin: [String: TensorType]
  ) throws(EspalierError) -> (graph: Graph, feeds: [String: TensorType], results: [String], statistics: StatisticsNodes)
  {
    let inference = try TypeInference(graph, feeds: origin)
    let statistics = try StatisticsNodes(of: readings, in: graph, need: need, gramLimit: gramLimit, inference)
    let added = [statistics.added] + (dropped.map { [$0.added] } ?? [])
    let whole = graph.weaving(added)
    let known = inference.constants.filter { graph.constants[$0.key] == nil }
    let computed = cut.filter { sources[$0] == nil && known[$0] == nil }
    let results =
      statistics.outputs.values.flatMap(\.names).sorted() + (dropped?.norms.names ?? []) + computed
    let given = Set(sources.keys).union(known.keys)
    var part = whole.extracting(from: given.sorted().map { ValueInfo($0) }, to: results)
    let read = Set(part.nodes.flatMap(\.inputs) + part.nodes.flatMap(\.capturedValues) + results)
    part.inputs.removeAll { !read.contains($0.name) }
    for (name, tensor) in known where read.contains(name) { part.constants[name] = tensor }
    return (part, sources.filter { read.contains($0.key) && known[$0.key] == nil }, results, statistics)
  }
}
