/// An optional value of a JSON object whose key is always there, null where there is no value: readers may rely on it.
@propertyWrapper
package struct OrNull<Value: Encodable>: Encodable {
  /// The value, if there is one.
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
