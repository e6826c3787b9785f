/// An optional value of a JSON object whose key is always present, with null for `nil`, so that readers can rely on it.
@propertyWrapper
package struct OrNull<Value: Encodable>: Encodable {
  /// The value, if any.
  package var wrappedValue: Value?

  /// Wraps `wrappedValue`.
  package init(wrappedValue: Value?) {
    self.wrappedValue = wrappedValue
  }

  /// Writes the value, or null.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}

extension OrNull: Sendable where Value: Sendable {}
