/// An array of numbers that a ``FileState`` keeps as a tensor of one axis, not as text.
@propertyWrapper
package struct Stored<Element: TensorElement>: Hashable, Sendable, Codable {
  /// The numbers.
  package var wrappedValue: [Element]

  /// These numbers.
  package init(wrappedValue: [Element]) {
    self.wrappedValue = wrappedValue
  }

  /// The elements of a tensor, which must be of the same type.
  package init(from decoder: any Decoder) throws {
    let tensor = try Tensor(from: decoder)
    guard tensor.elementType == Element.elementType, tensor.shape.rank == 1 else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "\(tensor.elementType) \(tensor.shape) is no list of \(Element.elementType)"))
    }
    wrappedValue = tensor.elements()
  }

  /// Encodes them as a tensor.
  package func encode(to encoder: any Encoder) throws {
    try Tensor(shape: [wrappedValue.count], wrappedValue).encode(to: encoder)
  }
}
