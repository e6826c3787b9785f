import EspalierFiles
import EspalierONNX
import Foundation
import SwiftProtobuf
import Testing

/// A change to a model after which it must be refused, and words that the reason must hold.
struct Refusal: Sendable, CustomTestStringConvertible {
  var testDescription: String { reason }
  var reason: String
  var change: @Sendable (inout Onnx_ModelProto) -> Void

  init(_ reason: String, _ change: @escaping @Sendable (inout Onnx_ModelProto) -> Void) {
    (self.reason, self.change) = (reason, change)
  }

  static let all = [
    Refusal("model: has no graph") { $0.clearGraph() },
    Refusal("function \"f\": is written in version 16 of the operators \"\", and the model in version 17; inline it") {
      $0.functions = [.with { ($0.name, $0.opsetImport) = ("f", [.with { $0.version = 16 }]) }]
    },
    Refusal("calls functions more than 64 deep") {
      $0.functions = [.with { ($0.name, $0.node) = ("f", [.with { $0.opType = "f" }]) }]
      $0.graph.node.append(.with { $0.opType = "f" })
    },
    Refusal("model: holds training information") { $0.trainingInfo = [.init()] },
    Refusal("model: is configured for several devices") { $0.configuration = [.init()] },
    Refusal("format version 2: is not supported") { $0.irVersion = 2 },
    Refusal("opset 6: is not supported; convert the model to an opset from 7 to 24") { $0.opsetImport[0].version = 6 },
    Refusal("opset 25: is not supported") { $0.opsetImport[0].version = 25 },
    Refusal("is given as both 17 and 18") {
      $0.opsetImport.append(.with { ($0.domain, $0.version) = ("ai.onnx", 18) })
    },
    Refusal("\"everything\" (com.microsoft::Anything): is of a domain") { $0.opsetImport.removeLast() },
    Refusal("\"product\" (MatMul): is of a domain \"\"") { $0.opsetImport.removeFirst() },
    Refusal("metadata \"a\": is given twice") { $0.metadataProps.append(contentsOf: entries([("a", "")])) },
    Refusal("has sparse initializers") { $0.graph.sparseInitializer = [.init()] },
    Refusal("has quantization annotations") { $0.graph.quantizationAnnotation = [.init()] },
    Refusal("initializer \"w\": is given twice") { $0.graph.initializer.append($0.graph.initializer[0]) },
    Refusal("initializer \"\": has no name") { $0.graph.initializer[0].name = "" },
    Refusal("input \"\": has no name") { $0.graph.input[0].name = "" },
    Refusal("input \"x\": is declared twice") { $0.graph.input.append($0.graph.input[0]) },
    Refusal("input \"x\", element type: float8e8m0 is not supported") {
      $0.graph.input[0].type.tensorType.elemType = code(.float8E8M0)
    },
    Refusal("input \"x\", axis 1: has the size -2") { $0.graph.input[0].type.tensorType.shape.dim[1].dimValue = -2 },
    Refusal("node \"product\" (MatMul): reads \"x2\", which nothing before it makes") {
      $0.graph.node[0].input[0] = "x2"
    },
    Refusal("topological order") { $0.graph.node.swapAt(0, 1) },
    Refusal("output \"z\": is made by no node") { $0.graph.output[0].name = "z" },
    Refusal("does not say which operator") { $0.graph.node[0].opType = "" },
    Refusal("calls an overload") { $0.graph.node[0].overload = "other" },
    Refusal("node \"product\" (MatMul): is configured for several") {
      $0.graph.node[0].deviceConfigurations = [.init()]
    },
    Refusal("attribute \"\", name: is missing") { $0.graph.node[1].attribute[0].name = "" },
    Refusal("attribute \"f\", name: is given twice") { $0.graph.node[1].attribute[1] = $0.graph.node[1].attribute[0] },
    Refusal("attribute \"f\", value: refers to an attribute of a function") {
      $0.graph.node[1].attribute[0].refAttrName = "alpha"
    },
    Refusal("attribute \"f\", value: is said to be of the type 1 and holds one of the type 2") {
      $0.graph.node[1].attribute[0].i = 1
    },
    Refusal("value: is missing") { $0.graph.node[1].attribute[7].clearType() },
    Refusal("attribute \"s\", text: is not UTF-8") { $0.graph.node[1].attribute[2].s = Data([0xc0]) },
    Refusal("attribute \"t\", tensor: has 1 numbers") { $0.graph.node[1].attribute[3].t.dims = [2] },
    Refusal("attribute \"g\", initializer \"c\", tensor: has 1 numbers") {
      $0.graph.node[1].attribute[4].g.initializer[0].dims = [2]
    },
  ]
}

@Suite("What a model cannot hold is refused with the place and the reason")
struct RefusalTests {
  @Test("each by itself", arguments: Refusal.all)
  func refused(_ refusal: Refusal) throws {
    var proto = sampleModel()
    refusal.change(&proto)
    let description = try #require(try ONNXTests.refusal(proto))
    #expect(description.contains(refusal.reason))
  }

  /// A field number that ONNX does not use, in each message that a model holds.
  @Test("fields that ONNX does not define, wherever they are")
  func unknownFields() throws {
    let unknown = try Onnx_ModelProto(serializedBytes: [0xc2, 0x3e, 0x01, 0x41])
    #expect(!unknown.unknownFields.data.isEmpty)
    let places: [(String, (inout Onnx_ModelProto) -> Void)] = [
      ("model", { $0.unknownFields = unknown.unknownFields }),
      ("opset import", { $0.opsetImport[0].unknownFields = unknown.unknownFields }),
      ("metadata \"b\"", { $0.metadataProps[0].unknownFields = unknown.unknownFields }),
      ("graph \"g\"", { $0.graph.unknownFields = unknown.unknownFields }),
      ("input \"x\"", { $0.graph.input[0].unknownFields = unknown.unknownFields }),
      ("input \"x\", type", { $0.graph.input[0].type.unknownFields = unknown.unknownFields }),
      ("input \"x\", type", { $0.graph.input[0].type.tensorType.unknownFields = unknown.unknownFields }),
      ("input \"x\", shape", { $0.graph.input[0].type.tensorType.shape.unknownFields = unknown.unknownFields }),
      ("axis 0", { $0.graph.input[0].type.tensorType.shape.dim[0].unknownFields = unknown.unknownFields }),
      ("initializer \"w\", tensor", { $0.graph.initializer[0].unknownFields = unknown.unknownFields }),
      ("node \"product\" (MatMul)", { $0.graph.node[0].unknownFields = unknown.unknownFields }),
      ("attribute \"f\", message", { $0.graph.node[1].attribute[0].unknownFields = unknown.unknownFields }),
    ]
    for (place, change) in places {
      var proto = sampleModel()
      change(&proto)
      let description = try #require(try refusal(proto))
      #expect(description.contains("\(place): has fields that ONNX does not define"))
    }
  }

  @Test("subgraphs deeper than protobuf reads")
  func deepSubgraphs() throws {
    var graph = Onnx_GraphProto()
    for _ in 0..<60 {
      let inner = graph
      graph = .with {
        $0.node = [
          .with {
            $0.opType = "If"; $0.attribute = [.with { ($0.name, $0.type, $0.g) = ("b", .graph, inner) }]
          }
        ]
      }
    }
    var proto = emptyModel()
    proto.graph = graph
    #expect(try #require(try refusal(proto)).contains("graphs too deep inside each other"))
  }
}
