import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// A pass compiled for batches of one size.
struct CompiledPass {
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
  func affordableFolds(_ outputs: StatisticsNodes.Outputs, _ statistics: StatisticsNodes) -> Int {
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
