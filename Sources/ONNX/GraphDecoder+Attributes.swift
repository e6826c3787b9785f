import EspalierFiles
import EspalierGraph
import EspalierTensors
import SwiftProtobuf

import struct Foundation.Data

extension GraphDecoder {
  /// The value of an attribute, and the remarks on the tensors in it.
  ///
  /// - Parameters:
  ///   - proto: The attribute without the fields of ``WireField.Attribute/lists``.
  ///   - lists: Those fields.
  func attribute(
    _ proto: Onnx_AttributeProto, _ lists: [WireMessage.Part]
  ) throws(EspalierError) -> (value: Attribute, remarks: [Remark]) {
    try proto.requireKnownFields("message")
    try refuse(proto.name.isEmpty, .file, "name", "is missing")
    try refuse(
      !proto.refAttrName.isEmpty, .model, "value", "refers to an attribute of a function, outside of any function",
      remedy: "inline the functions")
    let present = proto.presentTypes(Set(lists.map(\.number)))
    guard let type = proto.type == .undefined ? present.first : proto.type else {
      throw EspalierError(.file, "value", "is missing")
    }
    if let other = present.first(where: { $0 != type }) {
      throw EspalierError(
        .file, "value", "is said to be of the type \(type.rawValue) and holds one of the type \(other.rawValue)")
    }
    switch type {
    case .int: return (.int(proto.i), [])
    case .float: return (.float(proto.f), [])
    case .string: return (.string(try text(proto.s)), [])
    case .tensor: return (.tensor(try tensors.tensor(proto.t)), [try tensors.remark(proto.t, named: true)])
    case .graph:
      try refuse(lists.count > 1, .file, "graph", "is given twice")
      let whole = try lists.first.map { part throws(EspalierError) in try subgraph(part.message) }
      return (.graph(whole ?? Graph(name: "", opsets: opsets)), [])
    case .ints: return (.ints(proto.ints), [])
    case .floats: return (.floats(proto.floats), [])
    case .strings: return (.strings(try proto.strings.map(text)), [])
    case .tensors:
      var (values, remarks): ([Tensor], [Remark]) = ([], [])
      for part in lists {
        let tensor: Onnx_TensorProto = try part.message.parse()
        values.append(try tensors.tensor(tensor))
        remarks.append(try tensors.remark(tensor, named: true))
      }
      return (.tensors(values), remarks)
    case .graphs:
      return (.graphs(try lists.map { part throws(EspalierError) in try subgraph(part.message) }), [])
    case .sparseTensor, .sparseTensors, .typeProto, .typeProtos: return (.other(try serialize(proto)), [])
    case .undefined: throw EspalierError(.file, "value", "is missing")
    }
  }

  /// The graph in an attribute.
  private func subgraph(_ message: WireMessage) throws(EspalierError) -> Graph {
    var inner = self
    inner.depth += 1
    return try inner.graph(message)
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
  ///
  /// - Parameter lists: The numbers of the fields taken apart before that are present.
  fileprivate func presentTypes(_ lists: Set<Int>) -> [AttributeType] {
    let present: [(Bool, AttributeType)] = [
      (hasF, .float), (hasI, .int), (hasS, .string), (hasT, .tensor),
      (lists.contains(WireField.Attribute.graph), .graph),
      (hasSparseTensor, .sparseTensor), (hasTp, .typeProto),
      (!floats.isEmpty, .floats), (!ints.isEmpty, .ints), (!strings.isEmpty, .strings),
      (lists.contains(WireField.Attribute.tensors), .tensors), (lists.contains(WireField.Attribute.graphs), .graphs),
      (lists.contains(WireField.Attribute.sparseTensors), .sparseTensors),
      (lists.contains(WireField.Attribute.types), .typeProtos),
    ]
    return present.filter(\.0).map(\.1)
  }
}
