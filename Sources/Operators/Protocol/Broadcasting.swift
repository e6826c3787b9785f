import EspalierTensors

/// The rule of NumPy and ONNX for combining tensors of different shapes: axes are aligned at the end, and an axis that
/// is missing or of size 1 is repeated.
package enum Broadcasting {
  /// The shape to which two operands broadcast, or `nil` if they are incompatible.
  package static func shape(_ first: Shape, _ second: Shape) -> Shape? {
    let rank = max(first.rank, second.rank)
    var result = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let a = size(of: first, at: axis, rank: rank)
      let b = size(of: second, at: axis, rank: rank)
      guard a == b || a == 1 || b == 1 else { return nil }
      result[axis] = a == 1 ? b : a
    }
    return Shape(result)
  }

  /// For each axis of `result`, the stride in elements of an operand of `shape`: 0 if it is repeated.
  package static func strides(of shape: Shape, in result: Shape) -> [Int] {
    let own = shape.strides
    let missing = result.rank - shape.rank
    return result.indices.map { axis in
      axis < missing || (shape[axis - missing] == 1 && result[axis] != 1) ? 0 : own[axis - missing]
    }
  }

  /// Ties the axes of input `position` that are not broadcast to those of the output.
  package static func ties(_ operand: Shape, input position: Int, result: Shape) -> [AxisTie] {
    let missing = result.rank - operand.rank
    return operand.indices.filter { operand[$0] != 1 || result[$0 + missing] == 1 }.map { axis in
      AxisTie(PortAxis(.input(position), axis), PortAxis(.output(0), axis + missing))
    }
  }

  private static func size(of shape: Shape, at axis: Int, rank: Int) -> Int {
    let own = axis - (rank - shape.rank)
    return own < 0 ? 1 : shape[own]
  }
}
