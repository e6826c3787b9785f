import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// An output of a network at which a loss is computed.
struct LossHead {
  /// The value: logits if the output holds classes, otherwise the output itself.
  let value: String
  /// Its shape.
  let shape: Shape
  /// Whether it is one row of class logits for each sample.
  let isClasses: Bool
}

extension GateGradients.Loss {
  /// The outputs of `graph` that the loss is computed at: all of real numbers or, for labels, the first.
  ///
  /// A row of several numbers for each sample is taken for classes, and a softmax at its end is left out.
  ///
  /// - Throws: `EspalierError` if the labels do not fit the first output.
  func heads(
    of graph: Graph, _ types: [String: TensorType], samples: Int, classCount: Int?
  ) throws(EspalierError) -> [LossHead] {
    let makers = Dictionary(graph.nodes.flatMap { node in node.outputs.map { ($0, node) } }) { first, _ in first }
    let heads = graph.outputs.compactMap { output -> LossHead? in
      guard let type = types[output.name], type.elementType == .float32 else { return nil }
      let isClasses = type.shape.rank == 2 && type.shape[0] == samples && type.shape[1] > 1
      let maker = makers[output.name]
      let logits = isClasses && maker?.op == Softmax.name ? maker?.inputs.first : nil
      return LossHead(value: logits ?? output.name, shape: type.shape, isClasses: isClasses)
    }
    guard self == .labels else { return heads }
    guard let head = heads.first, head.isClasses, head.shape[1] >= classCount ?? 0 else {
      throw EspalierError(
        .model, "the first output",
        "is not one row of \(classCount ?? 0) classes or more for each sample, so it "
          + "cannot be compared with the labels")
    }
    return [head]
  }
}

extension GraphBuilder {
  /// Adds the nodes that compute the direction `seed` at `head` from `drawn`, signs or labels.
  mutating func addDirection(_ seed: String, for head: LossHead, from drawn: String, _ loss: GateGradients.Loss) {
    func last(_ op: OperatorName, _ inputs: [String]) { append(Node(op.inBodies, name: seed, inputs, [seed])) }
    guard head.isClasses else {
      // Prevents 0 / 0 if the output is all zeros.
      let floor = store(Tensor(shape: [1], [Float(1e-30)]))
      let energy = add(Add.name.inBodies, [add(SquaredNorm.name, [head.value]), floor])
      return last(Divide.name, [drawn, add(SquareRoot.name.inBodies, [energy])])
    }
    let probabilities = add(Softmax.name.inBodies, [head.value])
    guard loss == .output else { return last(Subtract.name, [probabilities, drawn]) }
    let roots = add(SquareRoot.name.inBodies, [probabilities])
    let signed = add(Multiply.name.inBodies, [roots, drawn])
    let sum = add(SumToShape.name, [signed], ["shape": .ints([Int64(head.shape[0]), 1])])
    last(Subtract.name, [signed, add(Multiply.name.inBodies, [probabilities, sum])])
  }
}
