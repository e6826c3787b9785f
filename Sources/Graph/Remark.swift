import OrderedCollections

/// Notes in a file on a constant or an attribute, on which no computation depends.
package struct Remark: Hashable, Sendable {
  /// A name that nothing refers to, such as that of a tensor inside an attribute.
  package var name: String
  /// Documentation for people.
  package var documentation: String
  /// Additional key-value text.
  package var metadata: OrderedDictionary<String, String>
  /// The remarks on the tensors of an attribute, in their order; empty if there are none.
  package var parts: [Remark]

  /// A remark of these parts.
  package init(
    name: String = "", documentation: String = "", metadata: OrderedDictionary<String, String> = [:],
    parts: [Remark] = []
  ) {
    self.name = name
    self.documentation = documentation
    self.metadata = metadata
    self.parts = parts
  }

  /// Whether the remark is empty.
  package var isEmpty: Bool {
    name.isEmpty && documentation.isEmpty && metadata.isEmpty && parts.isEmpty
  }
}
