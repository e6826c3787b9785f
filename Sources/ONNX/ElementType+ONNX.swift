import EspalierFiles
import EspalierTensors

extension ElementType {
  /// The types supported by both ONNX and ``Tensor``.
  private static let known: [(Onnx_TensorProto.DataType, ElementType)] = [
    (.float, .float32), (.double, .float64), (.float16, .float16), (.bfloat16, .bfloat16),
    (.int8, .int8), (.int16, .int16), (.int32, .int32), (.int64, .int64),
    (.uint8, .uint8), (.uint16, .uint16), (.uint32, .uint32), (.uint64, .uint64),
    (.float8E4M3Fn, .float8e4m3fn), (.float8E4M3Fnuz, .float8e4m3fnuz), (.float8E5M2, .float8e5m2),
    (.float8E5M2Fnuz, .float8e5m2fnuz), (.float4E2M1, .float4e2m1), (.int4, .int4),
    (.uint4, .uint4),
    (.bool, .bool), (.string, .string), (.complex64, .complex64), (.complex128, .complex128),
  ]

  /// The type with the number `code` in files.
  init(onnx code: Int32) throws(EspalierError) {
    if let (_, type) = Self.known.first(where: { $0.0.rawValue == Int(code) }) {
      self = type
    } else if let type = Onnx_TensorProto.DataType(rawValue: Int(code)), type != .undefined {
      throw EspalierError(
        .model, "element type", "\(type) is not supported".lowercased(),
        remedy: "convert the model to float32 or float16")
    } else {
      throw EspalierError(
        .file, "element type", code == 0 ? "is missing" : "\(code) is not one of ONNX")
    }
  }

  /// The number of the type in files.
  var onnx: Int32 {
    Int32(Self.known.first { $0.1 == self }?.0.rawValue ?? 0)
  }
}
