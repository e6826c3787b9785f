import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

extension GraphDecoder {
  func node(_ message: WireMessage) throws(EspalierError) -> Node {
    let proto: Onnx_NodeProto = try message.parse(without: [WireField.Node.attributes])
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
      try message.forEach([WireField.Node.attributes]) { part throws(EspalierError) in
        try addAttribute(part.message, to: &node)
      }
    }
    return node
  }

  private func addAttribute(_ message: WireMessage, to node: inout Node) throws(EspalierError) {
    let proto: Onnx_AttributeProto = try message.parse(without: WireField.Attribute.lists)
    try within("attribute \"\(proto.name)\"") { () throws(EspalierError) in
      let (attribute, parts) = try attribute(proto, try message.parts(WireField.Attribute.lists))
      guard node.attributes.updateValue(attribute, forKey: proto.name) == nil else {
        throw EspalierError(.file, "name", "is given twice")
      }
      let remark = Remark(documentation: proto.docString, parts: parts.allSatisfy(\.isEmpty) ? [] : parts)
      if !remark.isEmpty { node.remarks[proto.name] = remark }
    }
  }
}
