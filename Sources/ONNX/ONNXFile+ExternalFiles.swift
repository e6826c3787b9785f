import EspalierFiles

extension ONNXFile {
  /// The external files in which the model at `path` stores tensors.
  ///
  /// - Throws: `EspalierError` if a file is missing or damaged.
  package static func externalFiles(of path: String) throws(EspalierError) -> [String] {
    let bytes = try FileContents.read(path)
    var locations: Set<String> = []
    try within(path) { () throws(EspalierError) in
      let model = try WireMessage(file: bytes, kind: "an ONNX model")
      try model.forEach([WireField.Model.graph]) { part throws(EspalierError) in
        try addLocations(ofGraph: part.message, to: &locations)
      }
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return locations.map { folder + $0 }.sorted()
  }

  /// Adds the locations of the tensors stored in a graph and in its nodes, including those of subgraphs.
  private static func addLocations(
    ofGraph graph: WireMessage, to locations: inout Set<String>, depth: Int = 0
  ) throws(EspalierError) {
    guard depth <= deepestSubgraph else { return }
    typealias Field = WireField.Attribute
    try graph.forEach([WireField.Graph.initializers]) { part throws(EspalierError) in
      try addLocation(ofTensor: part.message, to: &locations)
    }
    try graph.forEach([WireField.Graph.nodes]) { node throws(EspalierError) in
      try node.message.forEach([WireField.Node.attributes]) { attribute throws(EspalierError) in
        try attribute.message.forEach([Field.tensor, Field.tensors]) { part throws(EspalierError) in
          try addLocation(ofTensor: part.message, to: &locations)
        }
        try attribute.message.forEach([Field.graph, Field.graphs]) { part throws(EspalierError) in
          try addLocations(ofGraph: part.message, to: &locations, depth: depth + 1)
        }
      }
    }
  }

  private static func addLocation(
    ofTensor tensor: WireMessage, to locations: inout Set<String>
  ) throws(EspalierError) {
    try tensor.forEach([WireField.Tensor.externalData]) { part throws(EspalierError) in
      let entry: Onnx_StringStringEntryProto = try part.message.parse()
      if entry.key == "location" { locations.insert(entry.value) }
    }
  }
}
