import EspalierFiles

extension Invocation {
  /// The type of the input at `position`, which must hold indices.
  func indices(at position: Int) throws(EspalierError) -> TensorType {
    let type = try input(position)
    guard type.elementType == .int64 || type.elementType == .int32 else {
      throw error("takes indices of \(type.elementType)")
    }
    return type
  }

  /// Rejects indices that are known in advance and out of range; `size` gives the size of the axis that the index at a
  /// position points along.
  func checkIndices(at position: Int, size: (Int) -> Int) throws(EspalierError) {
    guard let indices = constants[position]?.integers() else { return }
    for (place, index) in indices.enumerated() where !(-size(place)..<size(place)).contains(index) {
      throw error("index \(index) does not exist along an axis of \(size(place)) elements")
    }
  }

  /// Rejects elements of the input at `position` that cannot be moved one by one: text, and complex numbers of 16
  /// bytes.
  func checkMovable(input position: Int = 0) throws(EspalierError) {
    guard try elementWidth(ofInput: position) <= 8 else {
      throw error("cannot move elements of \(try input(position).elementType)")
    }
  }
}
