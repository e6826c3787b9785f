extension Tensor {
  /// The elements in double precision, for any real type; `nil` for strings and complex numbers.
  package func doubles() -> [Double]? {
    switch elementType {
    case .float32: elements(as: Float.self).map { Double($0) }
    case .float64: elements(as: Double.self)
    case .float16: elements16().map { Double(Float(float16Bits: $0)) }
    case .bfloat16: elements16().map { Double(Float(bitPattern: UInt32($0) << 16)) }
    case .int8: elements(as: Int8.self).map { Double($0) }
    case .int16: elements(as: Int16.self).map { Double($0) }
    case .int32: elements(as: Int32.self).map { Double($0) }
    case .int64: elements(as: Int64.self).map { Double($0) }
    case .uint8: elements(as: UInt8.self).map { Double($0) }
    case .uint16: elements(as: UInt16.self).map { Double($0) }
    case .uint32: elements(as: UInt32.self).map { Double($0) }
    case .uint64: elements(as: UInt64.self).map { Double($0) }
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    case .float8e4m3fn: elements(as: SmallFloat<E4M3FN>.self).map(\.double)
    case .float8e4m3fnuz: elements(as: SmallFloat<E4M3FNUZ>.self).map(\.double)
    case .float8e5m2: elements(as: SmallFloat<E5M2>.self).map(\.double)
    case .float8e5m2fnuz: elements(as: SmallFloat<E5M2FNUZ>.self).map(\.double)
    case .float4e2m1: elements(as: SmallFloat<E2M1>.self).map(\.double)
    case .int4: elements(as: Int4.self).map { Double($0.value) }
    case .uint4: elements(as: UInt4.self).map { Double($0.value) }
    case .string, .complex64, .complex128: nil
    }
  }

  /// The elements in single precision, for any real type; `nil` for strings and complex numbers.
  package func floats() -> [Float]? {
    switch elementType {
    case .float32: elements(as: Float.self)
    case .float16: elements16().map { Float(float16Bits: $0) }
    case .bfloat16: elements16().map { Float(bitPattern: UInt32($0) << 16) }
    case .uint8: elements(as: UInt8.self).map { Float($0) }
    default: doubles()?.map { Float($0) }
    }
  }

  /// The elements as integers, for integer and Boolean types; `nil` for all others.
  package func integers() -> [Int]? {
    switch elementType {
    case .int8: elements(as: Int8.self).map(Int.init)
    case .int16: elements(as: Int16.self).map(Int.init)
    case .int32: elements(as: Int32.self).map(Int.init)
    case .int64: elements(as: Int64.self).map(Int.init)
    case .uint8: elements(as: UInt8.self).map(Int.init)
    case .uint16: elements(as: UInt16.self).map(Int.init)
    case .uint32: elements(as: UInt32.self).map(Int.init)
    case .uint64: elements(as: UInt64.self).map { Int(clamping: $0) }
    case .int4: elements(as: Int4.self).map { Int($0.value) }
    case .uint4: elements(as: UInt4.self).map { Int($0.value) }
    case .bool: bytes.map { $0 == 0 ? 0 : 1 }
    default: nil
    }
  }

  private func elements16() -> [UInt16] {
    storage.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    }
  }
}

extension Float {
  /// The number that IEEE half precision `bits` represent, exactly. (Swift's `Float16` is not available on every
  /// platform.)
  ///
  /// The fields are shifted to their place in single precision, and one multiplication corrects the exponent's bias,
  /// for subnormal numbers too. There is no branch, so loops over many numbers vectorise.
  @inlinable
  package init(float16Bits bits: UInt16) {
    let magnitude = Float(bitPattern: UInt32(bits & 0x7FFF) << 13) * 0x1p112
    let isFinite = bits & 0x7C00 != 0x7C00
    let special = UInt32(bits & 0x3FF) << 13 | 0x7F80_0000
    self.init(bitPattern: (isFinite ? magnitude.bitPattern : special) | UInt32(bits & 0x8000) << 16)
  }
}
