import EspalierExecution
import EspalierTensors

/// Indices in memory, of either of the two types that ONNX allows.
struct IndexList {
  private let short: UnsafeMutableBufferPointer<Int32>?
  private let long: UnsafeMutableBufferPointer<Int64>?

  /// The elements of `buffer`, which holds int32 or int64 numbers.
  init(_ buffer: Buffer) {
    let isShort = buffer.type.elementType == .int32
    short = isShort ? buffer.elements(as: Int32.self) : nil
    long = isShort ? nil : buffer.elements(as: Int64.self)
  }

  /// The index stored at `position`, for an axis of `size` elements; negative indices count from the end. `nil` if it
  /// is out of range.
  func place(at position: Int, size: Int) -> Int? {
    var index = 0
    if let short { index = Int(short[position]) } else if let long { index = Int(long[position]) }
    if index < 0 { index += size }
    return index >= 0 && index < size ? index : nil
  }
}
