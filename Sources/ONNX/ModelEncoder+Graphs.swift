import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

import struct Foundation.Data

extension ModelEncoder {
  mutating func message(_ graph: Graph, depth: Int) throws(EspalierError) -> Onnx_GraphProto {
    guard depth <= deepestSubgraph else {
      throw EspalierError(
        .model, "graph \"\(graph.name)\"", "is more than \(deepestSubgraph) subgraphs deep")
    }
    var proto = Onnx_GraphProto()
    proto.setText(\.name, graph.name)
    proto.setText(\.docString, graph.documentation)
    for node in graph.nodes {
      proto.node.append(
        try within("node \"\(node.label)\" (\(node.op))") { () throws(EspalierError) in
          try message(node, depth: depth)
        })
    }
    for (name, tensor) in graph.constants {
      try refuse(name.isEmpty, .model, "constant \"\"", "has no name")
      let remark = graph.remarks[name] ?? Remark()
      if depth == 0 {
        try add(tensor, remark, name: name)
      } else {
        proto.initializer.append(message(tensor, remark, name: name, mayBeExternal: true))
      }
    }
    proto.input = try graph.inputs.map(message)
    proto.output = try graph.outputs.map(message)
    proto.valueInfo = try graph.intermediates.map(message)
    proto.metadataProps = graph.metadata.entries
    return proto
  }

  private func message(_ value: ValueInfo) throws(EspalierError) -> Onnx_ValueInfoProto {
    let place = "value \"\(value.name)\""
    try refuse(value.name.isEmpty, .model, place, "has no name")
    var proto = Onnx_ValueInfoProto()
    proto.name = value.name
    proto.setText(\.docString, value.documentation)
    proto.metadataProps = value.metadata.entries
    if let type = value.otherType {
      proto.type = try WireMessage(file: type, kind: "a type").parse()
    }
    if !value.denotation.isEmpty { proto.type.denotation = value.denotation }
    if let elementType = value.elementType { proto.type.tensorType.elemType = elementType.onnx }
    if let dimensions = value.dimensions {
      guard dimensions.allSatisfy({ $0.size ?? 0 >= 0 }) else {
        throw EspalierError(.model, place, "has a negative size")
      }
      proto.type.tensorType.shape.dim = dimensions.map(message)
      for (axis, denotation) in zip(dimensions.indices, value.axisDenotations) {
        proto.type.tensorType.shape.dim[axis].setText(\.denotation, denotation)
      }
    }
    return proto
  }

  private func message(_ dimension: Dimension) -> Onnx_TensorShapeProto.Dimension {
    .with {
      switch dimension {
      case .fixed(let size): $0.dimValue = Int64(size)
      case .symbolic(let name): $0.dimParam = name
      case .unknown: break
      }
    }
  }

  mutating func message(
    _ tensor: Tensor, _ remark: Remark, name: String, mayBeExternal: Bool
  ) -> Onnx_TensorProto {
    var proto = frame(tensor, remark, name: name)
    if tensor.elementType == .string {
      proto.stringData = tensor.stringData
    } else if mayBeExternal, let entries = place(tensor.fileStorage) {
      (proto.dataLocation, proto.externalData) = (.external, entries)
    } else {
      proto.rawData = Data(tensor.fileStorage.bytes)
    }
    return proto
  }

  /// All of a tensor but its elements.
  func frame(_ tensor: Tensor, _ remark: Remark, name: String) -> Onnx_TensorProto {
    var proto = Onnx_TensorProto()
    proto.dims = tensor.shape.sizes.map(Int64.init)
    proto.dataType = tensor.elementType.onnx
    proto.setText(\.name, name)
    proto.setText(\.docString, remark.documentation)
    proto.metadataProps = remark.metadata.entries
    return proto
  }
}

extension Tensor {
  /// The elements of a tensor of text, as files hold them.
  var stringData: [Data] { strings.map { Data($0.utf8) } }
}
