/// The type of a tensor's elements, as in ONNX and NumPy.
package enum ElementType: String, Hashable, Sendable, Codable, CaseIterable, CustomStringConvertible {
  case float32, float64, float16, bfloat16
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case float8e4m3fn, float8e4m3fnuz, float8e5m2, float8e5m2fnuz, float4e2m1
  case int4, uint4
  case bool, string
  case complex64, complex128

  /// The size of an element in memory in bytes; `nil` for strings, which have no fixed size.
  package var byteCount: Int? {
    switch self {
    case .bool, .int8, .uint8, .int4, .uint4, .float4e2m1: 1
    case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64, .complex64: 8
    case .complex128: 16
    case .string: nil
    }
  }

  /// Whether an element has four bits, and files hold two in a byte.
  package var isPacked: Bool { self == .int4 || self == .uint4 || self == .float4e2m1 }

  /// Whether the type only stores numbers, which are converted to others before anything is computed with them.
  package var isStorageOnly: Bool {
    switch self {
    case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float4e2m1, .int4, .uint4:
      true
    default: false
    }
  }

  /// Whether the type is one of whole numbers, truth values as 0 and 1 among them.
  package var isWhole: Bool {
    switch self {
    case .int4, .uint4, .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64, .bool: true
    default: false
    }
  }

  /// Whether the type is a floating point type of at least 16 bits.
  package var isFloatingPoint: Bool {
    switch self {
    case .float32, .float64, .float16, .bfloat16: true
    default: false
    }
  }

  /// The name of the type, as in `float32`.
  package var description: String { rawValue }
}
