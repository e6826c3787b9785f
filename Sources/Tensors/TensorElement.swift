/// A Swift type that can be the element of a tensor.
package protocol TensorElement: Hashable, Sendable, BitwiseCopyable {
  /// The corresponding element type of a tensor.
  static var elementType: ElementType { get }
}

extension Float: TensorElement {
  /// `float32`.
  package static var elementType: ElementType { .float32 }
}
extension Double: TensorElement {
  /// `float64`.
  package static var elementType: ElementType { .float64 }
}
extension Int8: TensorElement {
  /// `int8`.
  package static var elementType: ElementType { .int8 }
}
extension Int16: TensorElement {
  /// `int16`.
  package static var elementType: ElementType { .int16 }
}
extension Int32: TensorElement {
  /// `int32`.
  package static var elementType: ElementType { .int32 }
}
extension Int64: TensorElement {
  /// `int64`.
  package static var elementType: ElementType { .int64 }
}
extension UInt8: TensorElement {
  /// `uint8`.
  package static var elementType: ElementType { .uint8 }
}
extension UInt16: TensorElement {
  /// `uint16`.
  package static var elementType: ElementType { .uint16 }
}
extension UInt32: TensorElement {
  /// `uint32`.
  package static var elementType: ElementType { .uint32 }
}
extension UInt64: TensorElement {
  /// `uint64`.
  package static var elementType: ElementType { .uint64 }
}
extension Bool: TensorElement {
  /// `bool`, one byte per element.
  package static var elementType: ElementType { .bool }
}
