import EspalierExecution
import EspalierOperators
import EspalierTensors

extension OperandTypes {
  /// Row-major types with the memory layout that the operands have in `order`: shapes are extended to the rank of the
  /// largest, and their axes put in that order.
  func asLying(in order: AxisOrder) -> OperandTypes {
    let rank = (inputs.compactMap { $0 } + outputs).map(\.shape.rank).max() ?? 0
    func lying(_ type: TensorType) -> TensorType {
      TensorType(order.sizes(of: type.shape.extended(to: rank)), type.elementType)
    }
    return OperandTypes(inputs: inputs.map { $0.map(lying) }, outputs: outputs.map(lying))
  }

  /// Whether all operands can lie in an order other than plain and still be broadcast axis by axis.
  ///
  /// The axes of an operand of lower rank are aligned at the end, so it only fits if its order makes no difference.
  package var broadcastInAnyOrder: Bool {
    let shapes = (inputs.compactMap { $0 } + outputs).map(\.shape)
    let rank = shapes.map(\.rank).max() ?? 0
    return (3...5).contains(rank)
      && shapes.allSatisfy {
        $0.rank == rank || !AxisOrder.matters(for: $0) && !AxisOrder.matters(for: $0.extended(to: rank))
      }
  }
}

extension LayoutRule {
  /// The rule of an element-wise operator: any order in which its operands broadcast to each other.
  static func elementwise(_ node: TypedNode) -> LayoutRule {
    LayoutRule(node.types.broadcastInAnyOrder ? .any : .plain)
  }
}

extension Shape {
  /// The shape with axes of size 1 in front, to rank `rank`.
  package func extended(to rank: Int) -> Shape {
    Shape(Array(repeating: 1, count: Swift.max(0, rank - self.rank)) + sizes)
  }
}
