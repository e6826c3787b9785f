/// The type of a tensor's elements, as in ONNX and NumPy.
package enum ElementType: String, Hashable, Sendable, Codable, CaseIterable, CustomStringConvertible {
  case float32, float64, float16, bfloat16
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case bool, string
  case complex64, complex128

  /// The size of an element in bytes; `nil` for strings, which have no fixed size.
  package var byteCount: Int? {
    switch self {
    case .bool, .int8, .uint8: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64, .complex64: 8
    case .complex128: 16
    case .string: nil
    }
  }

  /// Whether the type is a floating point type.
  package var isFloatingPoint: Bool {
    switch self {
    case .float32, .float64, .float16, .bfloat16: true
    default: false
    }
  }

  /// The name of the type, as in `float32`.
  package var description: String { rawValue }
}
