import EspalierGraph
import EspalierTensors

extension Conv: FusingOperator {
  /// One convolution that computes both `first`, a padding by zeros along spatial axes, and `second`, the convolution
  /// of its result; `nil` if there is none.
  ///
  /// `conv(pad(X, p), W, q) = conv(X, W, p + q)`: exact, without a copy of X. Exporters write such a padding where a
  /// framework pads one side more than the other.
  package static func absorbing(_ first: TypedNode, _ second: TypedNode) -> FusedNode? {
    guard let pad = first.op as? Pad, let convolution = second.op as? Conv,
      second.node.inputs[0] == first.node.outputs[0], !second.node.inputs.dropFirst().contains(first.node.outputs[0]),
      let added = pad.zerosAround(value: first.constants), added.prefix(2).allSatisfy({ $0 == (0, 0) })
    else { return nil }
    let windows = zip(convolution.geometry.windows.axes, added.dropFirst(2))
    let before = windows.map { Int64($0.before + $1.before) }
    let after = windows.map { Int64($0.after + $1.after) }
    var node = second.node
    node.inputs[0] = first.node.inputs[0]
    node.attributes["auto_pad"] = nil
    node.attributes["pads"] = .ints(before + after)
    let call = Invocation(
      node, opset: second.call.opset, inputs: [first.inputs[0]] + second.inputs.dropFirst(),
      constants: [first.constants[0]] + second.constants.dropFirst())
    return (try? Conv(call)).map { FusedNode(TypedNode(call, op: $0)) }
  }
}

extension Pad {
  /// The numbers of zeros added before and after each axis; `nil` if it adds something else, or removes elements.
  ///
  /// - Parameter constants: The node's known inputs, of which the third is the number added.
  fileprivate func zerosAround(value constants: [Tensor?]) -> [(before: Int, after: Int)]? {
    let number = constants.count > 2 ? constants[2] : nil
    guard readsNumber ? number?.doubles() == [0] : value == 0 else { return nil }
    var added: [(before: Int, after: Int)] = []
    for (axis, places) in sources.enumerated() {
      let before = places.prefix { $0 < 0 }.count
      let inner = places.dropFirst(before).prefix(input.shape[axis])
      let after = places.dropFirst(before + inner.count)
      guard inner.elementsEqual(0..<input.shape[axis]), after.allSatisfy({ $0 < 0 }) else { return nil }
      added.append((before, after.count))
    }
    return added
  }
}
