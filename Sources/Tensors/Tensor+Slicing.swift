extension Tensor {
  /// The slices at `indices` along `axis`, with the first axis divided into `blocks` blocks whose slices are numbered
  /// in sequence, `b size ..< (b + 1) size` in block `b`; takes equally many from each block.
  package func taking(_ indices: [Int], along axis: Int, blocks: Int) -> Tensor {
    guard blocks > 1 else { return taking(indices, along: axis) }
    precondition(axis > 0 && shape[0] % blocks == 0, "the first axis of \(shape) is not \(blocks) blocks")
    let (rows, size) = (shape[0] / blocks, shape[axis])
    let parts = (0..<blocks).map { block in
      let own = indices.filter { $0 / size == block }.map { $0 - block * size }
      return taking(Array(block * rows..<(block + 1) * rows), along: 0).taking(own, along: axis)
    }
    precondition(
      parts.allSatisfy { $0.shape == parts[0].shape }, "\(indices) are not as many in each of \(blocks) blocks")
    let result = parts[0].shape.replacing(axis: 0, with: shape[0])
    return elementType == .string
      ? Tensor(shape: result, strings: parts.flatMap(\.strings))
      : Tensor(shape: result, elementType: elementType, bytes: parts.flatMap(\.bytes))
  }

  /// The tensor of the slices at `indices` along `axis`, in that order.
  ///
  /// `result[.., j, ..] = self[.., indices[j], ..]`. Complexity: linear in the bytes of the result.
  package func taking(_ indices: [Int], along axis: Int) -> Tensor {
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
    storage.withUnsafeBytes { bytes in
      for o in 0..<outer {
        for index in indices {
          let start = (o * shape[axis] + index) * run
          taken += bytes[start..<start + run]
        }
      }
    }
    return Tensor(shape: result, elementType: elementType, bytes: taken)
  }
}
