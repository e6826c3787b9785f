import OrderedCollections

/// A graph together with what a file says about it: what `.onnx` files hold.
public struct Model: Hashable, Sendable {
  /// The computation.
  public var graph: Graph
  /// The version of the file format (ONNX: `ir_version`).
  public var formatVersion: Int
  /// The tool that wrote the model.
  public var producerName: String
  /// The version of that tool.
  public var producerVersion: String
  /// The name space of the model.
  public var domain: String
  /// The version of the model itself.
  public var version: Int
  /// Text for the reader.
  public var documentation: String
  /// Further named text kept with the model.
  public var metadata: OrderedDictionary<String, String>

  /// A model around `graph`.
  public init(
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
