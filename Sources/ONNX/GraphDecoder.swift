import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

/// Decodes a `GraphProto` message into a ``Graph``: the model's own, or one in an attribute.
struct GraphDecoder {
  let opsets: OrderedDictionary<String, Int>
  let tensors: TensorDecoder

  func graph(_ proto: consuming Onnx_GraphProto) throws(EspalierError) -> Graph {
    try proto.requireKnownFields("graph \"\(proto.name)\"")
    try refuse(
      !proto.sparseInitializer.isEmpty, .model, "graph \"\(proto.name)\"", "has sparse initializers",
      remedy: "store them as dense tensors")
    try refuse(
      !proto.quantizationAnnotation.isEmpty, .model, "graph \"\(proto.name)\"", "has quantization annotations",
      remedy: "use the model from before quantization")
    var graph = Graph(name: proto.name, opsets: opsets, documentation: proto.docString)
    graph.metadata = try OrderedDictionary(decoding: proto.metadataProps)
    graph.inputs = try proto.input.map { info throws(EspalierError) in try value(info, role: "input") }
    graph.outputs = try proto.output.map { info throws(EspalierError) in try value(info, role: "output") }
    graph.intermediates = try proto.valueInfo.map { info throws(EspalierError) in try value(info, role: "value") }
    graph.constants.reserveCapacity(proto.initializer.count)
    var initializers = proto.initializer
    proto.initializer = []
    initializers.reverse()
    while let initializer = initializers.popLast() {
      let place = "initializer \"\(initializer.name)\""
      try refuse(initializer.name.isEmpty, .file, place, "has no name")
      let (tensor, remark) = try within(place) { () throws(EspalierError) in
        (try tensors.tensor(initializer), try tensors.remark(initializer, named: false))
      }
      guard graph.constants.updateValue(tensor, forKey: initializer.name) == nil else {
        throw EspalierError(.file, place, "is given twice")
      }
      if !remark.isEmpty { graph.remarks[initializer.name] = remark }
    }
    graph.nodes = try proto.node.map { node throws(EspalierError) in try self.node(node) }
    return graph
  }
}
