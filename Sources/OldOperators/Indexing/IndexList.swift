import Tensors

/// Indices as they lie in memory, of either of the two types that ONNX allows.
struct IndexList {
  private let short: UnsafeMutableBufferPointer<Int32>?
  private let long: UnsafeMutableBufferPointer<Int64>?

  /// The elements of `buffer`, which holds int32 or int64 numbers.
  init(_ buffer: Buffer) {
    let isShort = buffer.type.elementType == .int32
    short = isShort ? buffer.elements(as: Int32.self) : nil
    long = isShort ? nil : buffer.elements(as: Int64.self)
  }

  /// Where along an axis of `size` elements the index at `position` points, counted from the end where it is negative; `nil`
  /// outside of the axis.
  func place(at position: Int, size: Int) -> Int? {
    var index = 0
    if let short { index = Int(short[position]) } else if let long { index = Int(long[position]) }
    if index < 0 { index += size }
    return index >= 0 && index < size ? index : nil
  }
}

extension Invocation {
  /// A type of elements as wide as those of the input at `position`, for kernels that only move them.
  func movedElement(ofInput position: Int = 0) throws -> any TensorElement.Type {
    switch try elementWidth(ofInput: position) {
    case 1: return UInt8.self
    case 2: return UInt16.self
    case 4: return UInt32.self
    case 8: return UInt64.self
    default: throw error("cannot move elements of \(try input(position).elementType)")
    }
  }

  /// Refuses indices that are known beforehand and lie outside of an axis; `size` says how many elements the axis has that the
  /// index at a position points along.
  func checkIndices(at position: Int, size: (Int) -> Int) throws {
    guard let indices = constants[position]?.integers() else { return }
    for (place, index) in indices.enumerated() where !(-size(place)..<size(place)).contains(index) {
      throw error("index \(index) does not exist along an axis of \(size(place)) elements")
    }
  }
}
