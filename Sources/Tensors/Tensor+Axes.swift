extension Tensor {
  /// The tensor with its first axis moved behind the `axis` axes that follow it: `[n, a, b]` becomes `[a, n, b]` for 1.
  ///
  /// - Complexity: linear in the bytes; no text.
  package func movingFirstAxis(to axis: Int) -> Tensor {
    let sizes = shape.sizes
    return exchanging(
      sizes[0], sizes[1...axis].reduce(1, *), as: Shape(Array(sizes[1...axis]) + [sizes[0]] + sizes[(axis + 1)...]))
  }

  /// The tensor with `axis` moved to the front: `[a, n, b]` becomes `[n, a, b]` for 1.
  ///
  /// - Complexity: linear in the bytes; no text.
  package func movingToFront(_ axis: Int) -> Tensor {
    let sizes = shape.sizes
    return exchanging(
      sizes[..<axis].reduce(1, *), sizes[axis], as: Shape([sizes[axis]] + sizes[..<axis] + sizes[(axis + 1)...]))
  }

  /// Runs of elements in `rows x columns`, in `columns x rows` as `result`.
  private func exchanging(_ rows: Int, _ columns: Int, as result: Shape) -> Tensor {
    let bytes = self.bytes
    let run = bytes.count / max(rows * columns, 1)
    var moved: [UInt8] = []
    moved.reserveCapacity(bytes.count)
    for column in 0..<columns {
      for row in 0..<rows {
        let start = (row * columns + column) * run
        moved += bytes[start..<start + run]
      }
    }
    return Tensor(shape: result, elementType: elementType, bytes: moved)
  }
}
