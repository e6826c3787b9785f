import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

/// Decodes a `ModelProto` message into a ``Model``.
struct ModelDecoder {
  /// The folder of external data; `nil` if the bytes do not come from a file.
  var folder: String?

  func model(_ file: consuming Onnx_ModelProto) throws(EspalierError) -> Model {
    var proto = file
    try proto.requireKnownFields("model")
    try refuse(!proto.hasGraph, .file, "model", "has no graph", remedy: "check that the file is an ONNX model")
    if !proto.functions.isEmpty { proto = try FunctionInliner(proto).inline(proto) }
    try refuse(
      !proto.trainingInfo.isEmpty, .model, "model", "holds training information", remedy: "remove training_info")
    try refuse(
      !proto.configuration.isEmpty, .model, "model", "is configured for several devices", remedy: "remove configuration"
    )
    let opsets = try opsets(proto.opsetImport)
    let graphProto = proto.graph
    proto.clearGraph()  // so that each weight is freed as soon as it is decoded
    let graph = try GraphDecoder(opsets: opsets, tensors: TensorDecoder(folder: folder)).graph(graphProto)
      .widened()
    let model = Model(
      graph, formatVersion: Int(proto.irVersion), producerName: proto.producerName,
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
