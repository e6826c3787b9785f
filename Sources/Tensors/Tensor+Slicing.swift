extension Tensor {
  /// The tensor made of the slices at `indices` along `axis`, in that order.
  ///
  /// `result[.., j, ..] = self[.., indices[j], ..]`. Complexity: the bytes of the result.
  public func taking(_ indices: [Int], along axis: Int) -> Tensor {
    precondition(indices.allSatisfy { (0..<shape[axis]).contains($0) }, "index outside axis \(axis) of \(shape)")
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let result = shape.replacing(axis: axis, with: indices.count)
    if elementType == .string {
      var taken: [String] = []
      for o in 0..<outer {
        for index in indices {
          let start = (o * shape[axis] + index) * inner
          taken += strings[start..<start + inner]
        }
      }
      return Tensor(shape: result, strings: taken)
    }
    let run = inner * elementType.byteCount!
    var taken: [UInt8] = []
    taken.reserveCapacity(outer * indices.count * run)
    for o in 0..<outer {
      for index in indices {
        let start = (o * shape[axis] + index) * run
        taken += bytes[start..<start + run]
      }
    }
    return Tensor(shape: result, elementType: elementType, bytes: taken)
  }
}
