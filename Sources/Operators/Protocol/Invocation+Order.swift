import Tensors

extension Invocation {
  /// The same invocation of an element-wise operator on row-major tensors that lie as its operands lie in `order`: shapes are brought
  /// to the rank of the largest, and their axes put in that order.
  func asLying(in order: AxisOrder) -> Invocation {
    let rank = (inputs.compactMap { $0 } + outputs).map(\.shape.rank).max() ?? 0
    func lying(_ type: TensorType) -> TensorType {
      TensorType(order.sizes(of: type.shape.extended(to: rank)), type.elementType)
    }
    return replacing(inputs: inputs.map { $0.map(lying) }, outputs: outputs.map(lying))
  }

  /// The same invocation with operands of other types.
  func replacing(inputs: [TensorType?], outputs: [TensorType]) -> Invocation {
    Invocation(node, opset: opset, inputs: inputs, constants: constants, outputs: outputs)
  }

  /// Whether all operands can lie in one order other than plain and still be broadcast to each other axis by axis.
  ///
  /// An operand of fewer axes than the largest counts its own from the end, so that only one whose order does not matter fits.
  var broadcastsInAnyOrder: Bool {
    let shapes = (inputs.compactMap { $0 } + outputs).map(\.shape)
    let rank = shapes.map(\.rank).max() ?? 0
    return (3...5).contains(rank)
      && shapes.allSatisfy {
        $0.rank == rank || !AxisOrder.matters(for: $0) && !AxisOrder.matters(for: $0.extended(to: rank))
      }
  }
}

extension Shape {
  /// The shape with axes of size 1 in front, `rank` in all.
  func extended(to rank: Int) -> Shape {
    Shape(Array(repeating: 1, count: Swift.max(0, rank - self.rank)) + sizes)
  }
}
