import EspalierFiles
import EspalierTensors

import struct Foundation.Data

extension TensorDecoder {
  /// A tensor stored in the field that ONNX assigns to its element type: `int32_data` for all small integers and the
  /// bits of half precision numbers, `uint64_data` for `uint32` as well, pairs of numbers for complex ones.
  func typedTensor(
    _ proto: Onnx_TensorProto, _ shape: Shape, _ elementType: ElementType, storage: String?
  ) throws(EspalierError) -> Tensor {
    guard storage == nil || storage == elementType.storage else {
      throw EspalierError(
        .file, "tensor",
        "keeps \(elementType) elements in \(storage ?? ""), not in \(elementType.storage)")
    }
    let complex = elementType == .complex64 || elementType == .complex128
    func bytes<Stored, Element: BitwiseCopyable>(
      _ stored: [Stored], count: Int? = nil, _ convert: (Stored) -> Element?
    ) throws(EspalierError) -> [UInt8] {
      let expected = count ?? shape.elementCount * (complex ? 2 : 1)
      try require(stored.count, "numbers in \(elementType.storage)", expected, elementType, shape)
      var elements: [Element] = []
      elements.reserveCapacity(stored.count)
      for number in stored {
        guard let element = convert(number) else {
          throw EspalierError(.file, "tensor", "holds \(number), no \(elementType)")
        }
        elements.append(element)
      }
      return elements.withUnsafeBytes { [UInt8]($0) }
    }
    let converted: [UInt8]
    switch elementType {
    case .float32, .complex64: converted = try bytes(proto.floatData) { $0 }
    case .float64, .complex128: converted = try bytes(proto.doubleData) { $0 }
    case .int4, .uint4, .float4e2m1:
      let pairs = elementType.fileByteCount(shape.elementCount)
      converted = try bytes(proto.int32Data, count: pairs) { UInt8(exactly: $0) }
    case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz:
      converted = try bytes(proto.int32Data) { UInt8(exactly: $0) }
    case .int8: converted = try bytes(proto.int32Data) { Int8(exactly: $0) }
    case .int16: converted = try bytes(proto.int32Data) { Int16(exactly: $0) }
    case .int32: converted = try bytes(proto.int32Data) { $0 }
    case .int64: converted = try bytes(proto.int64Data) { $0 }
    case .uint8, .bool: converted = try bytes(proto.int32Data) { UInt8(exactly: $0) }
    case .uint16, .float16, .bfloat16:
      converted = try bytes(proto.int32Data) { UInt16(exactly: $0) }
    case .uint32: converted = try bytes(proto.uint64Data) { UInt32(exactly: $0) }
    case .uint64: converted = try bytes(proto.uint64Data) { $0 }
    case .string:
      try require(
        proto.stringData.count, "texts in string_data", shape.elementCount, elementType, shape)
      return Tensor(shape: shape, strings: try proto.stringData.map(text))
    }
    return try tensor(shape, elementType, .memory(converted))
  }
}

extension ElementType {
  /// The field of `TensorProto` that holds elements of this type if `raw_data` does not.
  fileprivate var storage: String {
    switch self {
    case .float32, .complex64: "float_data"
    case .float64, .complex128: "double_data"
    case .int8, .int16, .int32, .uint8, .uint16, .bool, .float16, .bfloat16, .int4, .uint4:
      "int32_data"
    case .float4e2m1, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz: "int32_data"
    case .int64: "int64_data"
    case .uint32, .uint64: "uint64_data"
    case .string: "string_data"
    }
  }
}
