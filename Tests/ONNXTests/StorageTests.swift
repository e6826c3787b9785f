import EspalierFiles
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// One way to store a tensor, and the tensor it stands for.
struct Storage: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var tensor: Tensor
  var message: Onnx_TensorProto

  init(_ name: String, _ tensor: Tensor, _ type: Onnx_TensorProto.DataType, _ set: (inout Onnx_TensorProto) -> Void) {
    testDescription = name
    self.tensor = tensor
    message = .with {
      ($0.name, $0.dims, $0.dataType) = ("c", tensor.shape.sizes.map(Int64.init), code(type))
      set(&$0)
    }
  }

  private static func half(_ type: ElementType) -> Tensor {
    Tensor(shape: [2], elementType: type, bytes: [0x00, 0x3c, 0xff, 0xff])
  }

  private static func complex(_ type: ElementType, _ bytes: [UInt8]) -> Tensor {
    Tensor(shape: [1, 1], elementType: type, bytes: bytes)
  }

  /// Every element type, stored in the field that ONNX prescribes, at the ends of its range.
  static let all = [
    Storage("float", Tensor(shape: [3], [-0.0, 1.5, Float.infinity]), .float) {
      $0.floatData = [-0.0, 1.5, .infinity]
    },
    Storage("double", Tensor(shape: [1, 2], [0.1, -1e300]), .double) { $0.doubleData = [0.1, -1e300] },
    Storage("int8", Tensor(shape: [2], [Int8.min, .max]), .int8) { $0.int32Data = [-128, 127] },
    Storage("int16", Tensor(shape: [2], [Int16.min, .max]), .int16) { $0.int32Data = [-32768, 32767] },
    Storage("int32", Tensor(shape: [2], [Int32.min, .max]), .int32) { $0.int32Data = [.min, .max] },
    Storage("int64", Tensor(shape: [2], [Int64.min, .max]), .int64) { $0.int64Data = [.min, .max] },
    Storage("uint8", Tensor(shape: [2], [UInt8.min, .max]), .uint8) { $0.int32Data = [0, 255] },
    Storage("uint16", Tensor(shape: [2], [UInt16.min, .max]), .uint16) { $0.int32Data = [0, 65535] },
    Storage("uint32", Tensor(shape: [2], [UInt32.min, .max]), .uint32) { $0.uint64Data = [0, 4_294_967_295] },
    Storage("uint64", Tensor(shape: [2], [UInt64.min, .max]), .uint64) { $0.uint64Data = [0, .max] },
    Storage("bool", Tensor(shape: [2], [true, false]), .bool) { $0.int32Data = [1, 0] },
    Storage("float16", half(.float16), .float16) { $0.int32Data = [0x3c00, 0xffff] },
    Storage("bfloat16", half(.bfloat16), .bfloat16) { $0.int32Data = [0x3c00, 0xffff] },
    Storage("complex64", complex(.complex64, [0, 0, 128, 63, 0, 0, 0, 192]), .complex64) { $0.floatData = [1, -2] },
    Storage("complex128", complex(.complex128, Tensor(shape: [2], [1.0, -2.0]).bytes), .complex128) {
      $0.doubleData = [1, -2]
    },
    Storage("string", Tensor(shape: [2], strings: ["", "añb"]), .string) {
      $0.stringData = [Data(), Data("añb".utf8)]
    },
    Storage("scalar", Tensor(scalar: Float(3)), .float) { $0.floatData = [3] },
    Storage("nothing", Tensor(shape: [0, 4], [Float]()), .float) { _ in },
    Storage("empty raw data", Tensor(shape: [0], [Int64]()), .int64) { $0.rawData = Data() },
  ]
}

@Suite("Tensors are read however they are stored")
struct StorageTests {
  @Test("in the field of their type", arguments: Storage.all)
  func typed(_ storage: Storage) throws {
    #expect(try decode(storage.message) == storage.tensor.widened())
  }

  @Test("in raw_data", arguments: Storage.all.filter { $0.tensor.elementType != .string })
  func raw(_ storage: Storage) throws {
    let raw = storage.message.normalised
    #expect(raw.rawData == Data(storage.tensor.bytes))
    #expect(try decode(raw) == storage.tensor.widened())
  }

  @Test("in a file of their own", arguments: Storage.all)
  func alone(_ storage: Storage) throws {
    try withFolder { folder in
      try AtomicFile.write(bytes(storage.message), to: folder + "/tensor.pb")
      #expect(try ONNXFile.readTensor(folder + "/tensor.pb") == storage.tensor)
    }
  }

  @Test("and written again", arguments: Storage.all)
  func written(_ storage: Storage) throws {
    let model = try ONNXFile.decode(bytes(model { $0 = storage.message }))
    let again = try Onnx_ModelProto(serializedBytes: try ONNXFile.encode(model))
    var expected = storage.message.normalised
    if expected.dataType != code(.string) { expected.rawData = Data(storage.tensor.bytes) }
    #expect(again.graph.initializer == [expected])
  }

  @Test("but not where message and bytes disagree", arguments: wrong)
  func refused(_ wrong: Wrong) throws {
    let description = try #require(try refusal(model(with: wrong.set)))
    #expect(description.contains("initializer \"c\"") && description.contains(wrong.reason))
  }

  private func decode(_ message: Onnx_TensorProto) throws -> Tensor? {
    try ONNXFile.decode(bytes(model { $0 = message })).graph.constants["c"]
  }
}

/// A tensor that must be refused, and words that the reason must hold.
struct Wrong: Sendable, CustomTestStringConvertible {
  var testDescription: String { reason }
  var reason: String
  var set: @Sendable (inout Onnx_TensorProto) -> Void

  init(
    _ reason: String, _ type: Onnx_TensorProto.DataType, _ dims: [Int64],
    _ set: @escaping @Sendable (inout Onnx_TensorProto) -> Void
  ) {
    self.reason = reason
    self.set = {
      ($0.dataType, $0.dims) = (code(type), dims)
      set(&$0)
    }
  }
}

private let wrong = [
  Wrong("impossible dimensions [-1]", .float, [-1]) { $0.floatData = [1] },
  Wrong("impossible dimensions", .float, [1 << 40, 1 << 40]) { $0.floatData = [1] },
  Wrong("impossible dimensions", .float, [.max, .max, 0]) { _ in },
  Wrong("has 0 numbers in float_data", .float, [1 << 40]) { _ in },
  Wrong("has 0 numbers in float_data", .float, []) { _ in },
  Wrong("has 2 numbers in float_data", .float, [3]) { $0.floatData = [1, 2] },
  Wrong("has 3 bytes of raw_data", .float, [1]) { $0.rawData = Data([1, 2, 3]) },
  Wrong("has 1 numbers in float_data", .complex64, [1]) { $0.floatData = [1] },
  Wrong("has 1 texts in string_data", .string, [2]) { $0.stringData = [Data()] },
  Wrong("keeps float32 elements in int64_data", .float, [1]) { $0.int64Data = [1] },
  Wrong("keeps elements in both raw_data and float_data", .float, [1]) {
    ($0.floatData, $0.rawData) = ([1], Data([0, 0, 0, 0]))
  },
  Wrong("keeps strings in raw_data", .string, [1]) { $0.rawData = Data([65]) },
  Wrong("is not UTF-8", .string, [1]) { $0.stringData = [Data([0xff])] },
  Wrong("holds 128, no int8", .int8, [1]) { $0.int32Data = [128] },
  Wrong("holds -1, no uint16", .uint16, [1]) { $0.int32Data = [-1] },
  Wrong("holds 2 where a truth value", .bool, [1]) { $0.int32Data = [2] },
  Wrong("holds 255 where a truth value", .bool, [1]) { $0.rawData = Data([255]) },
  Wrong("holds 4294967296, no uint32", .uint32, [1]) { $0.uint64Data = [1 << 32] },
  Wrong("segment", .float, [1]) { ($0.segment.begin, $0.floatData) = (0, [1]) },
  Wrong("has 2 bytes of raw_data", .float8E4M3Fn, [1]) { $0.rawData = Data([0, 0]) },
  Wrong("holds 300, no int4", .int4, [2]) { $0.int32Data = [300] },
  Wrong("has 1 bytes of raw_data", .int4, [3]) { $0.rawData = Data([0]) },
  Wrong("float8e8m0 is not supported", .float8E8M0, [1]) { $0.rawData = Data([0]) },
  Wrong("element type: is missing", .undefined, [1]) { $0.rawData = Data([0]) },
  Wrong("99 is not one of ONNX", .float, [1]) { $0.dataType = 99 },
  Wrong("names another file", .float, [1]) { ($0.floatData, $0.externalData) = ([1], entries([("location", "w")])) },
]
