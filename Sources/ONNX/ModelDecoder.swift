import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

/// Decodes a `ModelProto` message into a ``Model``, one part after the other.
struct ModelDecoder {
  /// The folder of external data; `nil` if the bytes do not come from a file.
  var folder: String?

  func model(_ message: WireMessage) throws(EspalierError) -> Model {
    let functions = try message.parts([WireField.Model.functions])
    let message = functions.isEmpty ? message : try message.inliningFunctions()
    var graphs: [WireMessage] = []
    try message.forEach(WireField.Model.all) { part throws(EspalierError) in
      try refuse(
        part.number == WireField.Model.trainingInfo, .model, "model", "holds training information",
        remedy: "remove training_info")
      try refuse(
        part.number == WireField.Model.configuration, .model, "model", "is configured for several devices",
        remedy: "remove configuration")
      try refuse(!graphs.isEmpty, .file, "graph", "is given twice")
      graphs.append(part.message)
    }
    let proto: Onnx_ModelProto = try message.parse(without: WireField.Model.all)
    try proto.requireKnownFields("model")
    guard let graph = graphs.first else {
      throw EspalierError(.file, "model", "has no graph", remedy: "check that the file is an ONNX model")
    }
    let decoder = GraphDecoder(opsets: try opsets(proto.opsetImport), tensors: TensorDecoder(folder: folder))
    let model = Model(
      try decoder.graph(graph).widened(), formatVersion: Int(proto.irVersion), producerName: proto.producerName,
      producerVersion: proto.producerVersion, domain: proto.domain, version: Int(proto.modelVersion),
      documentation: proto.docString, metadata: try OrderedDictionary(decoding: proto.metadataProps))
    try model.requireRepresentable()
    return model
  }

  private func opsets(_ imports: [Onnx_OperatorSetIdProto]) throws(EspalierError) -> OrderedDictionary<String, Int> {
    var opsets: OrderedDictionary<String, Int> = [:]
    for opset in imports {
      try opset.requireKnownFields("opset import")
      let domain = OperatorName("", domain: opset.domain).domain
      let version = Int(opset.version)
      if let other = opsets.updateValue(version, forKey: domain), other != version {
        throw EspalierError(.file, "opset import \"\(domain)\"", "is given as both \(other) and \(version)")
      }
    }
    return opsets
  }
}

extension WireMessage {
  /// The message of the same model with calls of its functions replaced by their bodies; it is parsed as a whole.
  fileprivate func inliningFunctions() throws(EspalierError) -> WireMessage {
    let proto: Onnx_ModelProto = try parse()
    var inliner = try FunctionInliner(proto)
    return try WireMessage(file: serialize(try inliner.inline(proto)), kind: "an ONNX model")
  }
}
