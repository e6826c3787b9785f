import EspalierFiles
import EspalierONNX
import Foundation
import SwiftProtobuf
import Testing

/// A model in which everything stands that a file can say: what the tests start from, changed in one place each.
func sampleModel() -> Onnx_ModelProto {
  var model = emptyModel()
  model.producerName = "tests"
  model.producerVersion = "1.2"
  model.domain = "org.example"
  model.modelVersion = 7
  model.docString = "a model"
  model.metadataProps = entries([("b", "1"), ("a", "2")])
  model.opsetImport.append(.with { ($0.domain, $0.version) = ("com.microsoft", 1) })
  model.graph.docString = "a graph"
  model.graph.metadataProps = entries([("graph key", "graph value")])
  model.graph.input = [value("x", .float, ["batch", 3]), value("w", .float, [3, 2])]
  model.graph.input[0].docString = "an input"
  model.graph.input[0].metadataProps = entries([("input key", "input value")])
  model.graph.input[0].type.denotation = "TENSOR"
  model.graph.input[0].type.tensorType.shape.dim[0].denotation = "DATA_BATCH"
  model.graph.output = [value("y", .float, [nil, 2])]
  model.graph.valueInfo = [value("h", .float, ["batch", 2]), .with { $0.name = "untyped" }]
  model.graph.initializer = [
    .with {
      ($0.name, $0.dims, $0.dataType) = ("w", [3, 2], code(.float))
      $0.floatData = [1, 2, 3, 4, 5, 6]
      $0.docString = "weights"
      $0.metadataProps = entries([("tensor key", "tensor value")])
    }
  ]
  model.graph.node = [
    .with {
      ($0.name, $0.opType, $0.domain) = ("product", "MatMul", "ai.onnx")
      ($0.input, $0.output, $0.docString) = (["x", "w"], ["h"], "a node")
      $0.metadataProps = entries([("node key", "node value")])
    },
    .with { node in
      (node.name, node.opType, node.domain) = ("everything", "Anything", "com.microsoft")
      (node.input, node.output) = (["h", "", "w"], ["y", ""])
      node.attribute = everyAttribute()
    },
  ]
  return model
}

/// A model with only the fields that a file must have.
func emptyModel() -> Onnx_ModelProto {
  .with {
    $0.irVersion = 8
    $0.opsetImport = [.with { $0.version = 17 }]
    $0.graph.name = "g"
  }
}

/// One attribute of every kind.
private func everyAttribute() -> [Onnx_AttributeProto] {
  func attribute(_ name: String, _ type: Onnx_AttributeProto.AttributeType, _ set: (inout Onnx_AttributeProto) -> Void)
    -> Onnx_AttributeProto
  {
    .with {
      ($0.name, $0.type) = (name, type)
      set(&$0)
    }
  }
  let branch = Onnx_GraphProto.with {
    $0.name = "branch"
    $0.node = [.with { ($0.opType, $0.input, $0.output) = ("Add", ["x", "c"], ["sum \($0.name)"]) }]
    $0.initializer = [.with { ($0.name, $0.dataType, $0.dims, $0.int64Data) = ("c", code(.int64), [1], [5]) }]
    $0.output = [.with { $0.name = "sum " }]
  }
  let tensor = Onnx_TensorProto.with { ($0.name, $0.dataType, $0.floatData) = ("note", code(.float), [0.5]) }
  return [
    attribute("f", .float) { $0.f = -0.0 }, attribute("i", .int) { $0.i = .min },
    attribute("s", .string) { $0.s = Data("größer\0".utf8) },
    attribute("t", .tensor) {
      $0.t = tensor
      $0.docString = "an attribute"
    },
    attribute("g", .graph) { $0.g = branch }, attribute("fs", .floats) { $0.floats = [1, .infinity] },
    attribute("is", .ints) { $0.ints = [-1, 0, 1] }, attribute("none", .ints) { _ in },
    attribute("ss", .strings) { $0.strings = [Data(), Data("b".utf8)] },
    attribute("ts", .tensors) { $0.tensors = [.with { ($0.dataType, $0.dims) = (code(.int8), [0]) }, tensor] },
    attribute("gs", .graphs) { $0.graphs = [branch, .with { $0.name = "empty" }] },
  ]
}

/// A model with the one initializer that `set` makes.
func model(with set: (inout Onnx_TensorProto) -> Void) -> Onnx_ModelProto {
  var model = emptyModel()
  var tensor = Onnx_TensorProto.with { $0.name = "c" }
  set(&tensor)
  model.graph.initializer = [tensor]
  return model
}

/// The number of an element type.
func code(_ type: Onnx_TensorProto.DataType) -> Int32 { Int32(type.rawValue) }

/// Named texts in this order.
func entries(_ texts: [(String, String)]) -> [Onnx_StringStringEntryProto] {
  texts.map { key, value in .with { ($0.key, $0.value) = (key, value) } }
}

/// A declared tensor, its axes numbers, names or `nil`.
func value(_ name: String, _ type: Onnx_TensorProto.DataType, _ axes: [Any?]) -> Onnx_ValueInfoProto {
  .with {
    $0.name = name
    $0.type.tensorType.elemType = code(type)
    $0.type.tensorType.shape.dim = axes.map { axis in
      .with {
        if let size = axis as? Int { $0.dimValue = Int64(size) }
        if let name = axis as? String { $0.dimParam = name }
      }
    }
  }
}

/// The bytes of a message.
func bytes(_ message: some Message) throws -> [UInt8] { try message.serializedBytes() }

/// The error with which a model is refused, or `nil` where it is accepted.
func refusal(_ model: Onnx_ModelProto, folder: String? = nil) throws -> String? {
  do throws(EspalierError) {
    _ = try ONNXFile.decode(bytes(anyway: model), externalDataFolder: folder)
    return nil
  } catch {
    return error.description
  }
}

private func bytes(anyway message: some Message) -> [UInt8] { (try? message.serializedBytes()) ?? [] }

/// An empty folder that is gone after `body`.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.path + "/onnx-tests-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// The path of a file in the folder Fixtures.
func fixture(_ name: String) throws -> String {
  try #require(Bundle.module.resourcePath) + "/Fixtures/" + name
}
