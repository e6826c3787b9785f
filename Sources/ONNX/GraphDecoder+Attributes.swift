import EspalierFiles
import EspalierGraph
import EspalierTensors
import SwiftProtobuf

import struct Foundation.Data

extension GraphDecoder {
  func attribute(_ proto: Onnx_AttributeProto) throws(EspalierError) -> Attribute {
    try proto.requireKnownFields("message")
    try refuse(proto.name.isEmpty, .file, "name", "is missing")
    try refuse(
      !proto.refAttrName.isEmpty, .model, "value", "refers to an attribute of a function, outside of any function",
      remedy: "inline the functions")
    let present = proto.presentTypes
    guard let type = proto.type == .undefined ? present.first : proto.type else {
      throw EspalierError(.file, "value", "is missing")
    }
    if let other = present.first(where: { $0 != type }) {
      throw EspalierError(
        .file, "value", "is said to be of the type \(type.rawValue) and holds one of the type \(other.rawValue)")
    }
    switch type {
    case .int: return .int(proto.i)
    case .float: return .float(proto.f)
    case .string: return .string(try text(proto.s))
    case .tensor: return .tensor(try tensors.tensor(proto.t))
    case .graph: return .graph(try graph(proto.g))
    case .ints: return .ints(proto.ints)
    case .floats: return .floats(proto.floats)
    case .strings: return .strings(try proto.strings.map(text))
    case .tensors: return .tensors(try proto.tensors.map { tensor throws(EspalierError) in try tensors.tensor(tensor) })
    case .graphs: return .graphs(try proto.graphs.map { graph throws(EspalierError) in try self.graph(graph) })
    case .sparseTensor, .sparseTensors, .typeProto, .typeProtos: return .other(try serialize(proto))
    case .undefined: throw EspalierError(.file, "value", "is missing")
    }
  }
}

/// Text that ONNX stores as bytes.
func text(_ bytes: Data) throws(EspalierError) -> String {
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw EspalierError(.file, "text", "is not UTF-8", remedy: "store bytes as a uint8 tensor")
  }
  return text
}

extension Onnx_AttributeProto {
  /// The types of the values that are present: one, in a valid file. Old files do not state the type otherwise.
  fileprivate var presentTypes: [AttributeType] {
    let present: [(Bool, AttributeType)] = [
      (hasF, .float), (hasI, .int), (hasS, .string), (hasT, .tensor), (hasG, .graph),
      (hasSparseTensor, .sparseTensor), (hasTp, .typeProto),
      (!floats.isEmpty, .floats), (!ints.isEmpty, .ints), (!strings.isEmpty, .strings),
      (!tensors.isEmpty, .tensors), (!graphs.isEmpty, .graphs),
      (!sparseTensors.isEmpty, .sparseTensors), (!typeProtos.isEmpty, .typeProtos),
    ]
    return present.filter(\.0).map(\.1)
  }
}
