import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same graph with its nodes adapted to the remaining elements of their inputs and outputs: the last step after
  /// axes of its constants have been shortened.
  ///
  /// Nodes that only computed a size that is now stored are removed.
  ///
  /// - Parameters:
  ///   - feeds: The types of the inputs.
  ///   - dense: The graph before pruning.
  ///   - denseFeeds: The types of the inputs of `dense`.
  ///   - variants: The types of the inputs of `dense` with a different value for every size that the graph leaves open.
  ///   - kept: The remaining elements of an axis of a value; `nil` for all.
  /// - Throws: `EspalierError` if a node cannot be adapted, or its outputs do not have the expected shapes.
  package func resizingNodes(
    feeds: [String: TensorType], from dense: Graph, denseFeeds: [String: TensorType], variants: [String: TensorType],
    kept: @escaping (_ value: String, _ axis: Int) -> [Int]?
  ) throws(EspalierError) -> Graph {
    let before = try TypeInference(dense, feeds: denseFeeds).nodes
    let variant = try TypeInference(dense, feeds: variants).nodes
    let readers = consumers()
    var result = self
    var names = NameTable(of: self)
    var corrections: [Int: [Node]] = [:]
    let inference = try TypeInference(self, feeds: feeds) { (position, now) throws(EspalierError) in
      var resizing = NodeResizing(before: before[position], variant: variant[position].call, now: now) { axis in
        switch axis.port {
        case .input(let input): kept(now.node.inputs[input], axis.axis)
        case .output(let output): kept(now.node.outputs[output], axis.axis)
        }
      }
      before[position].op.resize(&resizing)
      resizing.retainNumbers()
      if let refusal = resizing.refusal { throw refusal }
      var (node, stored) = result.store(resizing, readers, &names)
      for (input, correction) in resizing.corrections.sorted(by: { $0.key < $1.key }) {
        let corrected = try result.correct(input, of: node, to: correction, &names)
        node.inputs[input] = corrected.outputs[0]
        stored[corrected.outputs[0]] = correction.sizes
        corrections[position, default: []].append(corrected)
      }
      return (node, stored)
    }
    for (dense, small) in zip(before, inference.nodes) {
      for (position, name) in small.node.outputs.enumerated() where !name.isEmpty {
        let shape = dense.outputs[position].shape
        let expected = Shape(shape.indices.map { kept(name, $0)?.count ?? shape[$0] })
        // A value that states a shape changes with that shape.
        guard small.outputs[position].shape == expected else {
          throw small.error("would make \(small.outputs[position].shape) of what should be \(expected)")
        }
      }
    }
    result.nodes = inference.nodes.enumerated().flatMap { (corrections[$0] ?? []) + [$1.node] }
    return result.removingWhatNobodyReads(since: self)
  }

  /// Stores the new inputs of a node: in place if nothing else reads them, otherwise under new names.
  private mutating func store(
    _ resizing: NodeResizing, _ readers: [String: [Int]], _ names: inout NameTable
  ) -> (node: Node, constants: [String: Tensor]) {
    var (node, stored) = (resizing.node, [String: Tensor]())
    for (position, tensor) in resizing.constants.sorted(by: { $0.key < $1.key }) {
      while node.inputs.count <= position { node.inputs.append("") }
      var name = node.inputs[position]
      let isOwn = constants[name] != nil && readers[name]?.count == 1 && node.inputs.count { $0 == name } == 1
      if !isOwn { name = names.take(name.isEmpty ? "\(node.label)/sizes" : name) }
      node.inputs[position] = name
      constants[name] = tensor
      stored[name] = tensor
    }
    return (node, stored)
  }

  /// A node that states some of the sizes in a node's input, the others being those computed.
  private mutating func correct(
    _ input: Int, of node: Node, to correction: SizeCorrection, _ names: inout NameTable
  ) throws(EspalierError) -> Node {
    guard opsets[""] ?? 0 >= 9 else {
      throw EspalierError(
        .model, "node \"\(node.label)\" (\(node.op))",
        "computes some of its sizes from those of the network's inputs, and others have changed",
        remedy: "export the network for operator set 9 or later")
    }
    let (choice, sizes) = (names.take("\(node.label)/computed"), names.take("\(node.label)/stated"))
    constants[choice] = Tensor(shape: correction.sizes.shape, correction.isComputed)
    constants[sizes] = correction.sizes
    let output = names.take("\(node.label)/sizes")
    return Node(Where.name, name: output, [choice, node.inputs[input], sizes], [output])
  }

  /// The graph without the nodes and constants that were read in `before` and no longer are.
  func removingWhatNobodyReads(since before: Graph) -> Graph {
    let (was, now) = (before.readValues, readValues)
    // Nodes that nobody read before stay, with what they read.
    var read: Set<String> = []
    func isNeeded(_ name: String) -> Bool { now.contains(name) || !was.contains(name) || read.contains(name) }
    var kept: [Node] = []
    for node in nodes.reversed() where node.outputs.contains(where: isNeeded) {
      kept.append(node)
      read.formUnion(node.inputs)
      read.formUnion(node.capturedValues)
    }
    var result = self
    result.nodes = kept.reversed()
    result.constants = constants.filter { isNeeded($0.key) }
    result.inputs.removeAll { constants[$0.name] != nil && !isNeeded($0.name) }
    result.remarks = remarks.filter { isNeeded($0.key) }
    return result
  }

  /// The values on which the outputs depend.
  private var readValues: Set<String> {
    var read = Set(outputs.map(\.name))
    for node in nodes.reversed() where node.outputs.contains(where: read.contains) {
      read.formUnion(node.inputs)
      read.formUnion(node.capturedValues)
    }
    return read
  }
}
