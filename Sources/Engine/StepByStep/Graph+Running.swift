import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The results that can be asked for: the network's outputs that can be run, in order, then the values that go into
  /// nodes that are set aside, then the outputs that need a node which cannot be run.
  package var results: [String] {
    guard let opaque else { return outputs.map(\.name) }
    let (own, late) = (outputs.map(\.name), Set(opaque.madeOutputs))
    var missing: Set<String> = []
    for node in opaque.nodes
    where !Interpreter.runs(node.op) || !missing.isDisjoint(with: node.inputs + Array(node.capturedValues)) {
      missing.formUnion(node.outputs)
    }
    let whole = opaque.outputs.map(\.name).filter { own.contains($0) || late.contains($0) }
    let known = whole.filter { !missing.contains($0) }
    return known + own.filter { !known.contains($0) } + whole.filter { missing.contains($0) && !own.contains($0) }
  }

  /// The inputs of the whole network that hold tensors, in order; those that only nodes read which are set aside need
  /// no data unless a result depends on them.
  package var wholeFeeds: [ValueInfo] {
    guard let opaque else { return feeds }
    return opaque.inputs.filter {
      $0.otherType == nil && constants[$0.name] == nil && opaque.constants[$0.name] == nil
    }
  }

  /// The values called `names`, of ``results``, for these inputs: by a plan as far as shapes are known beforehand, and
  /// node by node from there (``Interpreter``).
  ///
  /// - Throws: `EspalierError` that names what cannot be run.
  package func values(
    of names: [String], for feeds: [String: Tensor], on backend: any Backend
  ) throws(EspalierError) -> [String: Tensor] {
    let own = Set(outputs.map(\.name))
    let late = names.filter { !own.contains($0) }
    var read = Set(late)
    let part = (opaque?.nodes ?? []).reversed().filter { node in
      guard !read.isDisjoint(with: node.outputs) else { return false }
      read.formUnion(node.inputs + Array(node.capturedValues))
      return true
    }
    let direct = outputs.map(\.name).filter { names.contains($0) || read.contains($0) }
    var values: [String: Tensor] = [:]
    if !direct.isEmpty {
      let names = Set(self.feeds.map(\.name))
      let own = feeds.filter { names.contains($0.key) }
      let plan = try Plan(self, feeds: own.mapValues(TensorType.init(of:)), results: direct)
      values = try Session(plan, on: backend).run(own)
    }
    guard let opaque, !late.isEmpty else { return values }
    let stored = Dictionary(uniqueKeysWithValues: opaque.constants.map { ($0.key, $0.value) })
    let known = stored.merging(feeds) { $1 }.merging(values) { $1 }
    var interpreter = Interpreter(
      known, opsets: Dictionary(uniqueKeysWithValues: opsets.map { ($0.key, $0.value) }), on: backend)
    interpreter.run(part.reversed())
    for name in late { values[name] = try interpreter.value(name) }
    return values.filter { names.contains($0.key) }
  }
}
