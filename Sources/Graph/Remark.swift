import OrderedCollections

/// What a file notes about a constant or an attribute beside its value: text that no computation depends on.
public struct Remark: Hashable, Sendable {
  /// A name that nothing refers to, such as that of a tensor inside an attribute.
  public var name: String
  /// Text for the reader.
  public var documentation: String
  /// Further named text.
  public var metadata: OrderedDictionary<String, String>
  /// What is noted about the tensors of an attribute, in their order; empty where that is nothing.
  public var parts: [Remark]

  /// Notes these things.
  public init(
    name: String = "", documentation: String = "", metadata: OrderedDictionary<String, String> = [:],
    parts: [Remark] = []
  ) {
    self.name = name
    self.documentation = documentation
    self.metadata = metadata
    self.parts = parts
  }

  /// Whether nothing is noted at all.
  public var isEmpty: Bool {
    name.isEmpty && documentation.isEmpty && metadata.isEmpty && parts.isEmpty
  }
}
