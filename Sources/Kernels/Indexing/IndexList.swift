import EspalierExecution
import EspalierTensors

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

  /// Where along an axis of `size` elements the index at `position` points, counted from the end where it is negative;
  /// `nil` outside of the axis.
  func place(at position: Int, size: Int) -> Int? {
    var index = 0
    if let short { index = Int(short[position]) } else if let long { index = Int(long[position]) }
    if index < 0 { index += size }
    return index >= 0 && index < size ? index : nil
  }
}
