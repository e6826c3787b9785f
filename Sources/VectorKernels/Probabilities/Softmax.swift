import EspalierExecution
import EspalierOperators

extension Softmax: VectorOperator {
  /// Divides rows of contiguous elements among threads; `nil` for other rows.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    rows.inner == 1 ? RowSoftmaxKernel(rows: rows.outer, size: rows.size, empty: .nan) : nil
  }
}

/// The softmax of rows of contiguous elements, divided among threads.
struct RowSoftmaxKernel: Kernel {
  private let parts: RowParts
  private let size: Int
  private let empty: Float

  /// The softmax of `rows` rows of `size` elements; `empty` is the result for a row of minus infinities.
  init(rows: Int, size: Int, empty: Float) {
    parts = RowParts(rows: rows, size: size, costPerElement: 8)
    (self.size, self.empty) = (size, empty)
  }

  func run(_ operands: Operands) {
    guard let x = operands.inputs[0]!.floats.baseAddress, let y = operands.outputs[0].floats.baseAddress else { return }
    parts.forEach { row in VectorMath.softmax(x + row * size, y + row * size, count: size, empty: empty) }
  }
}
