import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

extension GraphDecoder {
  func node(_ proto: Onnx_NodeProto) throws(EspalierError) -> Node {
    var node = Node(
      OperatorName(proto.opType, domain: proto.domain), name: proto.name, proto.input, proto.output,
      documentation: proto.docString)
    let place = "node \"\(node.label)\" (\(node.op))"
    try proto.requireKnownFields(place)
    try refuse(proto.opType.isEmpty, .file, place, "does not say which operator it applies")
    try refuse(
      !proto.overload.isEmpty, .model, place, "calls an overload of a function", remedy: "inline the functions")
    try refuse(
      !proto.deviceConfigurations.isEmpty, .model, place, "is configured for several devices",
      remedy: "remove device_configurations")
    try within(place) { () throws(EspalierError) in
      node.metadata = try OrderedDictionary(decoding: proto.metadataProps)
      for attribute in proto.attribute {
        let name = attribute.name
        try within("attribute \"\(name)\"") { () throws(EspalierError) in
          guard node.attributes.updateValue(try self.attribute(attribute), forKey: name) == nil else {
            throw EspalierError(.file, "name", "is given twice")
          }
          let remark = try self.remark(attribute)
          if !remark.isEmpty { node.remarks[name] = remark }
        }
      }
    }
    return node
  }

  private func remark(_ proto: Onnx_AttributeProto) throws(EspalierError) -> Remark {
    let tensors = proto.hasT ? [proto.t] : proto.tensors
    var parts = try tensors.map { tensor throws(EspalierError) in try self.tensors.remark(tensor, named: true) }
    if parts.allSatisfy(\.isEmpty) { parts = [] }
    return Remark(documentation: proto.docString, parts: parts)
  }
}
