import OrderedCollections

/// A graph with the metadata of its file: the contents of an `.onnx` file.
package struct Model: Hashable, Sendable {
  /// The computation.
  package var graph: Graph
  /// The version of the file format (ONNX: `ir_version`).
  package var formatVersion: Int
  /// The tool that wrote the model.
  package var producerName: String
  /// The version of that tool.
  package var producerVersion: String
  /// The namespace of the model.
  package var domain: String
  /// The version of the model itself.
  package var version: Int
  /// Documentation for people.
  package var documentation: String
  /// Additional key-value text.
  package var metadata: OrderedDictionary<String, String>

  /// A model around `graph`.
  package init(
    _ graph: Graph, formatVersion: Int = 8, producerName: String = "espalier", producerVersion: String = "",
    domain: String = "", version: Int = 0, documentation: String = "",
    metadata: OrderedDictionary<String, String> = [:]
  ) {
    self.graph = graph
    self.formatVersion = formatVersion
    self.producerName = producerName
    self.producerVersion = producerVersion
    self.domain = domain
    self.version = version
    self.documentation = documentation
    self.metadata = metadata
  }
}
