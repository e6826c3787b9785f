import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Nodes that find elements by index, or ask of numbers, and cannot be right.
enum InvalidSelections {
  private static func whole(_ shape: Shape) -> TensorType { TensorType(shape, .int64) }
  private static let matrix = TensorType([2, 3])

  private static func einsum(_ equation: String, _ shapes: [Shape]) -> Fault {
    Fault(op: Einsum.name, inputs: shapes.map { TensorType($0) }, attributes: ["equation": .string(equation)])
  }

  static let faults: [Fault] = picks + others + summations

  private static let summations: [Fault] = [
    Fault(op: Einsum.name, inputs: [matrix]),
    Fault(op: Einsum.name, inputs: [], attributes: ["equation": .string("i")]),
    einsum("ij,jk->ik", [[2, 3]]), einsum("ij,jk->ik", [[2, 3], [2, 3]]), einsum("ij->ij->ij", [[2, 3]]),
    einsum("ijk->i", [[2, 3]]), einsum("i...j->i", [[2]]), einsum("i......->i", [[2]]), einsum("ij->ii", [[2, 3]]),
    einsum("ij->k", [[2, 3]]), einsum("i1->i", [[2, 3]]), einsum("ii->i", [[2, 1]]), einsum("ii->i", [[2, 3]]),
    einsum("ij->i.j", [[2, 3]]), einsum("...->...", [Shape(Array(repeating: 1, count: 53))]), einsum("", [[2]]),
    Fault(
      op: Einsum.name, inputs: [matrix, whole([2, 3])], attributes: ["equation": .string("ij,ij")]),
  ]

  private static let others: [Fault] = [
    Fault(
      op: ScatterElements.name, inputs: [matrix, whole([2, 3]), matrix], attributes: ["reduction": .string("sum")]),
    Fault(op: ScatterElements.name, inputs: [matrix, whole([2, 3]), whole([2, 3])]),
    Fault(op: ScatterElements.name, inputs: [matrix, whole([2, 2]), matrix]),
    Fault(op: ScatterElements.name, inputs: [matrix, whole([2, 3])]),
    Fault(
      op: ScatterElements.name, inputs: [TensorType([2], .bool), whole([2]), TensorType([2], .bool)],
      attributes: ["reduction": .string("add")]),
    Fault(op: ScatterND.name, inputs: [matrix, whole([2, 1]), TensorType([2, 2])]),
    Fault(op: ScatterND.name, inputs: [matrix, whole([2, 3]), matrix]),
    Fault(op: ScatterND.name, inputs: [matrix, whole([2, 1]), matrix], attributes: ["reduction": .int(1)]),
    Fault(op: TopK.name, inputs: [matrix]), Fault(op: TopK.name, inputs: [matrix], attributes: ["k": .int(4)]),
    Fault(op: TopK.name, inputs: [matrix, whole([1])]),
    Fault(op: TopK.name, inputs: [TensorType([2], .bool)], attributes: ["k": .int(1)]),
    Fault(op: ArgMax.name, inputs: [TensorType([])]),
    Fault(op: ArgMax.name, inputs: [TensorType([2, 0])], attributes: ["axis": .int(1)]),
    Fault(op: ArgMin.name, inputs: [matrix], attributes: ["axis": .int(2)]),
    Fault(op: OneHot.name, inputs: [whole([2]), whole([1]), TensorType([2])]),
    Fault(op: OneHot.name, inputs: [whole([2]), nil, TensorType([2])], attributes: ["depth": .floats([3])]),
    Fault(op: OneHot.name, inputs: [whole([2]), whole([1]), TensorType([3])], attributes: ["depth": .floats([3])]),
    Fault(op: OneHot.name, inputs: [whole([2]), whole([1]), TensorType([2])], attributes: ["depth": .floats([.nan])]),
    Fault(
      op: OneHot.name, inputs: [whole([2]), whole([1]), TensorType([2])],
      attributes: ["depth": .floats([3]), "axis": .int(2)]),
    Fault(op: NonZero.name, inputs: [matrix]), Fault(op: NonZero.name, inputs: []),
    Fault(op: Trilu.name, inputs: [TensorType([2])]), Fault(op: Trilu.name, inputs: [matrix, whole([])]),
    Fault(op: Trilu.name, inputs: [matrix], attributes: ["k": .ints([1, 2])]),
    Fault(op: Modulo.name, inputs: [matrix, matrix]), Fault(op: Modulo.name, inputs: [whole([2]), whole([3])]),
    Fault(op: CastLike.name, inputs: [matrix, TensorType([], .float16)]), Fault(op: CastLike.name, inputs: [matrix]),
    Fault(op: SizeOf.name, inputs: []),
    Fault(op: Sine.name, inputs: [whole([2])]), Fault(op: Cosine.name, inputs: [whole([2])]),
    Fault(op: Floor.name, inputs: [TensorType([2], .bool)]), Fault(op: Ceiling.name, inputs: [TensorType([2], .bool)]),
    Fault(op: Round.name, inputs: [TensorType([2], .bool)]), Fault(op: Signum.name, inputs: [TensorType([2], .bool)]),
    Fault(op: ReduceL1.name, inputs: [matrix], attributes: ["axes": .ints([2])]),
    Fault(op: ReduceL2.name, inputs: [TensorType([2], .bool)]), Fault(op: ReduceSumSquare.name, inputs: []),
    Fault(op: ReduceLogSum.name, inputs: [TensorType([2], .float16)]),
    Fault(op: ReduceLogSumExp.name, inputs: [matrix], attributes: ["axes": .ints([0, 0])]),
    Fault(op: ReduceProd.name, inputs: [matrix, whole([1])], opset: 18),
    Fault(op: ReduceProdDerivative.name, inputs: [TensorType([3, 1]), matrix]),
  ]

  private static let picks: [Fault] = [
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
