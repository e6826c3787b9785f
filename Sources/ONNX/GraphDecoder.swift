import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

/// Decodes a `GraphProto` message into a ``Graph``: the model's own, or one in an attribute.
struct GraphDecoder {
  let opsets: OrderedDictionary<String, Int>
  let tensors: TensorDecoder
  /// The number of graphs that contain this one.
  var depth = 0

  func graph(_ message: WireMessage) throws(EspalierError) -> Graph {
    guard depth <= deepestSubgraph else {
      throw tooDeep
    }
    let proto: Onnx_GraphProto = try message.parse(without: WireField.Graph.all)
    try proto.requireKnownFields("graph \"\(proto.name)\"")
    var graph = Graph(name: proto.name, opsets: opsets, documentation: proto.docString)
    graph.metadata = try OrderedDictionary(decoding: proto.metadataProps)
    try message.forEach(WireField.Graph.all) { part throws(EspalierError) in
      switch part.number {
      case WireField.Graph.nodes: graph.nodes.append(try node(part.message))
      case WireField.Graph.initializers: try addInitializer(part.message, to: &graph)
      case WireField.Graph.inputs: graph.inputs.append(try value(part.message, role: "input"))
      case WireField.Graph.outputs: graph.outputs.append(try value(part.message, role: "output"))
      case WireField.Graph.values: graph.intermediates.append(try value(part.message, role: "value"))
      case WireField.Graph.quantization:
        throw EspalierError(
          .model, "graph \"\(proto.name)\"", "has quantization annotations",
          remedy: "use the model from before quantization")
      default:
        throw EspalierError(
          .model, "graph \"\(proto.name)\"", "has sparse initializers", remedy: "store them as dense tensors")
      }
    }
    return graph
  }

  private func addInitializer(_ message: WireMessage, to graph: inout Graph) throws(EspalierError) {
    let proto: Onnx_TensorProto = try message.parse()
    let place = "initializer \"\(proto.name)\""
    try refuse(proto.name.isEmpty, .file, place, "has no name")
    let (tensor, remark) = try within(place) { () throws(EspalierError) in
      (try tensors.tensor(proto), try tensors.remark(proto, named: false))
    }
    guard graph.constants.updateValue(tensor, forKey: proto.name) == nil else {
      throw EspalierError(.file, place, "is given twice")
    }
    if !remark.isEmpty { graph.remarks[proto.name] = remark }
  }
}
