import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

import struct Foundation.Data

extension ModelEncoder {
  mutating func message(_ node: Node, depth: Int) throws(EspalierError) -> Onnx_NodeProto {
    try refuse(node.op.type.isEmpty, .model, "operator", "has no name")
    var proto = Onnx_NodeProto()
    proto.input = node.inputs
    proto.output = node.outputs
    proto.setText(\.name, node.name)
    proto.opType = node.op.type
    proto.setText(\.domain, node.op.domain)
    proto.setText(\.docString, node.documentation)
    proto.metadataProps = node.metadata.entries
    for (name, attribute) in node.attributes {
      try refuse(name.isEmpty, .model, "attribute \"\"", "has no name")
      proto.attribute.append(
        try within("attribute \"\(name)\"") { () throws(EspalierError) in
          try message(attribute, node.remarks[name] ?? Remark(), name: name, depth: depth)
        })
    }
    return proto
  }

  private mutating func message(
    _ attribute: Attribute, _ remark: Remark, name: String, depth: Int
  ) throws(EspalierError) -> Onnx_AttributeProto {
    var proto = Onnx_AttributeProto()
    proto.name = name
    proto.setText(\.docString, remark.documentation)
    switch attribute {
    case .int(let value): (proto.type, proto.i) = (.int, value)
    case .float(let value): (proto.type, proto.f) = (.float, value)
    case .string(let value): (proto.type, proto.s) = (.string, Data(value.utf8))
    case .tensor(let value): (proto.type, proto.t) = (.tensor, message(value, remark, at: 0))
    case .graph(let value): (proto.type, proto.g) = (.graph, try message(value, depth: depth + 1))
    case .ints(let values): (proto.type, proto.ints) = (.ints, values)
    case .floats(let values): (proto.type, proto.floats) = (.floats, values)
    case .strings(let values): (proto.type, proto.strings) = (.strings, values.map { Data($0.utf8) })
    case .tensors(let values):
      proto.type = .tensors
      for (position, value) in values.enumerated() { proto.tensors.append(message(value, remark, at: position)) }
    case .other(let bytes):
      proto = try WireMessage(file: bytes, kind: "an attribute").parse()
      proto.setText(\.docString, remark.documentation)
    case .graphs(let values):
      proto.type = .graphs
      for value in values { proto.graphs.append(try message(value, depth: depth + 1)) }
    }
    return proto
  }

  private mutating func message(_ tensor: Tensor, _ remark: Remark, at position: Int) -> Onnx_TensorProto {
    let part = remark.parts.indices.contains(position) ? remark.parts[position] : Remark()
    return message(tensor, part, name: part.name, mayBeExternal: false)
  }
}
