import Graph
import Operators
import Tensors

/// Nodes that find elements by index, or ask of numbers, and cannot be right.
enum InvalidSelections {
  private static func whole(_ shape: Shape) -> TensorType { TensorType(shape, .int64) }
  private static let matrix = TensorType([2, 3])

  static let faults: [Fault] = [
    Fault(op: IsNaN.name, inputs: [whole([2])]),
    Fault(op: IsInfinite.name, inputs: [TensorType([2], .bool)]),
    Fault(op: IsInfinite.name, inputs: [matrix], attributes: ["detect_positive": .float(1)]),
    Fault(op: CumSum.name, inputs: [matrix]),
    Fault(op: CumSum.name, inputs: [matrix, whole([])]),
    Fault(op: CumSum.name, inputs: [matrix], attributes: ["axis": .ints([2])]),
    Fault(op: CumSum.name, inputs: [TensorType([2], .bool)], attributes: ["axis": .ints([0])]),
    Fault(op: GatherElements.name, inputs: [matrix, matrix]),
    Fault(op: GatherElements.name, inputs: [matrix, whole([2])]),
    Fault(op: GatherElements.name, inputs: [matrix, whole([2, 4])]),
    Fault(op: GatherElements.name, inputs: [matrix, whole([2, 3])], attributes: ["axis": .int(2)]),
    Fault(op: GatherElementsDerivative.name, inputs: [matrix, whole([2, 3])], attributes: ["shape": .ints([2])]),
    Fault(op: GatherND.name, inputs: [matrix, whole([])]),
    Fault(op: GatherND.name, inputs: [matrix, whole([2, 3])]),
    Fault(op: GatherND.name, inputs: [matrix, whole([3, 1])], attributes: ["batch_dims": .int(1)]),
    Fault(op: GatherND.name, inputs: [matrix, whole([2, 1])], attributes: ["batch_dims": .int(-1)]),
    Fault(op: GatherND.name, inputs: [matrix, whole([2, 1])], attributes: ["batch_dims": .int(.max)]),
    Fault(op: GatherNDDerivative.name, inputs: [matrix, whole([2, 1])], attributes: ["shape": .ints([2, 2])]),
  ]
}
