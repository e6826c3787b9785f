import OrderedCollections

/// What a file notes about a constant or an attribute beside its value: text that no computation depends on.
package struct Remark: Hashable, Sendable {
  /// A name that nothing refers to, such as that of a tensor inside an attribute.
  package var name: String
  /// Text for the reader.
  package var documentation: String
  /// Further named text.
  package var metadata: OrderedDictionary<String, String>
  /// What is noted about the tensors of an attribute, in their order; empty where that is nothing.
  package var parts: [Remark]

  /// Notes these things.
  package init(
    name: String = "", documentation: String = "", metadata: OrderedDictionary<String, String> = [:],
    parts: [Remark] = []
  ) {
    self.name = name
    self.documentation = documentation
    self.metadata = metadata
    self.parts = parts
  }

  /// Whether nothing is noted at all.
  package var isEmpty: Bool {
    name.isEmpty && documentation.isEmpty && metadata.isEmpty && parts.isEmpty
  }
}
