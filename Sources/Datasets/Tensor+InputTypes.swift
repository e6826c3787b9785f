import EspalierTensors

extension Tensor {
  /// Numbers stored as `float32` or `int64`, converted to the type of a network's input: levels of whole numbers of up
  /// to 16 bits rounded, identifiers of 32 and 64 bits without their fraction; a number outside of the type's range
  /// becomes the nearest end of it. All but 0 is true.
  func converted(to type: ElementType) -> Tensor {
    guard elementType != type, let values = doubles() else { return self }
    switch type {
    case .bool: return Tensor(shape: shape, values.map { $0 != 0 })
    case .int8: return Tensor(shape: shape, values.map { Int8(clamping: Self.whole($0.rounded())) })
    case .uint8: return Tensor(shape: shape, values.map { UInt8(clamping: Self.whole($0.rounded())) })
    case .int16: return Tensor(shape: shape, values.map { Int16(clamping: Self.whole($0.rounded())) })
    case .uint16: return Tensor(shape: shape, values.map { UInt16(clamping: Self.whole($0.rounded())) })
    case .int32: return Tensor(shape: shape, values.map { Int32(clamping: Self.whole($0)) })
    case .uint32: return Tensor(shape: shape, values.map { UInt32(clamping: Self.whole($0)) })
    case .int64: return Tensor(shape: shape, values.map { Int64(Self.whole($0)) })
    case .uint64: return Tensor(shape: shape, values.map { UInt64(clamping: Self.whole($0)) })
    case .float32: return Tensor(shape: shape, values.map { Float($0) })
    case .float64: return Tensor(shape: shape, values)
    default: return self
    }
  }

  private static func whole(_ number: Double) -> Int {
    Int(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
  }
}
