import EspalierTensors

extension Tensor {
  /// `parts`, all of one type and shape, one after another along a new axis.
  ///
  /// Complexity: their bytes.
  init(stacking parts: [Tensor], along axis: Int) {
    let first = parts[0]
    precondition(parts.allSatisfy { $0.shape == first.shape && $0.elementType == first.elementType })
    let shape = Shape(first.shape[..<axis] + [parts.count] + first.shape[axis...])
    let (outer, inner) = (first.shape[..<axis].reduce(1, *), first.shape[axis...].reduce(1, *))
    guard let size = first.elementType.byteCount else {
      self.init(
        shape: shape,
        strings: (0..<outer).flatMap { row in parts.flatMap { $0.strings[row * inner..<(row + 1) * inner] } })
      return
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.count * first.byteCount)
    let elements = parts.map(\.bytes)
    for row in 0..<outer {
      for part in elements { bytes += part[row * inner * size..<(row + 1) * inner * size] }
    }
    self.init(shape: shape, elementType: first.elementType, bytes: bytes)
  }

  /// The slice at `index` of `axis`, without that axis.
  func slice(_ index: Int, of axis: Int) -> Tensor {
    taking([index], along: axis).reshaped(Shape(Array(shape[..<axis]) + shape[(axis + 1)...]))
  }
}
