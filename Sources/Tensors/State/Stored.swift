/// An array of numbers that a ``FileState`` stores as a tensor of one axis, not as text.
@propertyWrapper
package struct Stored<Element: TensorElement>: Hashable, Sendable, Codable {
  /// The numbers.
  package var wrappedValue: [Element]

  /// An array of numbers.
  package init(wrappedValue: [Element]) {
    self.wrappedValue = wrappedValue
  }

  /// Decodes the elements of a tensor, which must have the same type.
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

  /// Encodes the numbers as a tensor.
  package func encode(to encoder: any Encoder) throws {
    try Tensor(shape: [wrappedValue.count], wrappedValue).encode(to: encoder)
  }
}
