import EspalierFiles
import EspalierGraph

extension Model {
  /// Checks the requirements of the format on a model that was just read or is about to be written.
  func requireRepresentable() throws(EspalierError) {
    guard ONNXFile.formatVersions.contains(formatVersion) else {
      throw EspalierError(
        .model, "format version \(formatVersion)", "is not supported",
        remedy: "versions \(ONNXFile.formatVersions.lowerBound) to \(ONNXFile.formatVersions.upperBound) are")
    }
    if let version = graph.opsets[""], !ONNXFile.opsets.contains(version) {
      throw EspalierError(
        .model, "opset \(version)", "is not supported",
        remedy: "convert the model to an opset from \(ONNXFile.opsets.lowerBound) to "
          + "\(ONNXFile.opsets.upperBound) with onnx.version_converter")
    }
    try graph.requireImports()
    try graph.validate()
  }
}

extension Graph {
  /// Checks that the version of every operator is known, and is the same in subgraphs.
  fileprivate func requireImports() throws(EspalierError) {
    for node in nodes {
      guard opsets[node.op.domain] != nil else {
        throw EspalierError(
          .model, "node \"\(node.label)\" (\(node.op))",
          "is of a domain \"\(node.op.domain)\" whose version the model does not say",
          remedy: "add the domain to the opset imports")
      }
      for (name, attribute) in node.attributes {
        for subgraph in attribute.subgraphs {
          guard subgraph.opsets == opsets else {
            throw EspalierError(
              .model, "node \"\(node.label)\" (\(node.op)), attribute \"\(name)\"",
              "is a subgraph in other opsets than the graph around it, which no file can say")
          }
          try subgraph.requireImports()
        }
      }
    }
  }
}

extension Attribute {
  /// The graphs in the attribute.
  var subgraphs: [Graph] {
    switch self {
    case .graph(let graph): [graph]
    case .graphs(let graphs): graphs
    default: []
    }
  }
}
