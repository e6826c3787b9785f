import EspalierFiles

/// A dense array of elements of one type, in row-major order: a value, copied only when written to.
package struct Tensor: Hashable, Sendable {
  /// The sizes of the axes.
  package let shape: Shape
  /// The type of each element.
  package let elementType: ElementType
  /// The bytes of the elements, little-endian, row-major, in memory or in a file; empty for strings.
  package private(set) var storage: ByteStorage
  /// The elements of a string tensor; empty for all others.
  package let strings: [String]

  /// A tensor over `bytes`, which must be exactly `shape.elementCount` elements of a type of fixed size.
  package init(shape: Shape, elementType: ElementType, bytes: [UInt8]) {
    self.init(shape: shape, elementType: elementType, storage: .memory(bytes))
  }

  /// A tensor over stored bytes, likewise. If they are mapped, their address must be a multiple of the element's size.
  package init(shape: Shape, elementType: ElementType, storage: ByteStorage) {
    guard let size = elementType.byteCount else { preconditionFailure("strings have no bytes") }
    precondition(storage.count == shape.elementCount * size, "\(storage.count) bytes for \(elementType) \(shape)")
    self.shape = shape
    self.elementType = elementType
    self.storage = storage
    self.strings = []
  }

  /// A tensor of text.
  package init(shape: Shape, strings: [String]) {
    precondition(strings.count == shape.elementCount, "\(strings.count) strings for \(shape)")
    self.shape = shape
    self.elementType = .string
    self.storage = .memory([])
    self.strings = strings
  }

  /// A tensor of the given elements, in row-major order.
  package init<Element: TensorElement>(shape: Shape, _ elements: [Element]) {
    let bytes = elements.withUnsafeBytes { [UInt8]($0) }
    self.init(shape: shape, elementType: Element.elementType, bytes: bytes)
  }

  /// A tensor without axes that holds one number.
  package init<Element: TensorElement>(scalar: Element) {
    self.init(shape: [], [scalar])
  }

  /// A tensor with every element equal to `value`.
  package init<Element: TensorElement>(repeating value: Element, shape: Shape) {
    self.init(shape: shape, [Element](repeating: value, count: shape.elementCount))
  }

  /// The number of elements.
  package var count: Int { shape.elementCount }

  /// The number of bytes of the elements; 0 for strings.
  package var byteCount: Int { storage.count }

  /// The bytes of the elements in memory. Complexity: O(1), and a copy if they are in a file; loops over single bytes
  /// take it once.
  package var bytes: [UInt8] { storage.bytes }

  /// The same tensor with its elements in a temporary file instead of memory, if they take more than a mebibyte.
  package func inTemporaryFile() -> Tensor {
    guard byteCount > 1 << 20 else { return self }
    var tensor = self
    tensor.storage = TemporaryFile.holding(storage)
    return tensor
  }

  /// A copy of the elements. The tensor must hold `Element`s.
  package func elements<Element: TensorElement>(as type: Element.Type = Element.self) -> [Element] {
    withElements(as: type) { Array($0) }
  }

  /// Gives `body` access to the elements without copying them. The tensor must hold `Element`s.
  package func withElements<Element: TensorElement, Result, Failure: Error>(
    as type: Element.Type, _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(Element.elementType == elementType, "a tensor of \(elementType) read as \(Element.elementType)")
    let count = count
    return try storage.withUnsafeBytes { buffer throws(Failure) in
      guard let base = buffer.baseAddress else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
      let elements = base.bindMemory(to: Element.self, capacity: count)
      return try body(UnsafeBufferPointer(start: elements, count: count))
    }
  }

  /// Gives `body` mutable access to the elements in place, or to a copy in memory if they are in a file. The tensor
  /// must hold `Element`s.
  package mutating func withMutableElements<Element: TensorElement, Result, Failure: Error>(
    as type: Element.Type, _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(Element.elementType == elementType, "a tensor of \(elementType) written as \(Element.elementType)")
    let count = count
    var bytes = storage.bytes
    // Now no one else holds them, unless another tensor does.
    storage = .memory([])
    defer { storage = .memory(bytes) }
    return try bytes.withUnsafeMutableBufferPointer { buffer throws(Failure) in
      guard let base = buffer.baseAddress else { return try body(UnsafeMutableBufferPointer(start: nil, count: 0)) }
      let elements = UnsafeMutableRawPointer(base).bindMemory(to: Element.self, capacity: count)
      return try body(UnsafeMutableBufferPointer(start: elements, count: count))
    }
  }

  /// The same elements in another shape with as many elements.
  package func reshaped(_ shape: Shape) -> Tensor {
    precondition(shape.elementCount == count, "\(self.shape) does not reshape to \(shape)")
    return elementType == .string
      ? Tensor(shape: shape, strings: strings)
      : Tensor(shape: shape, elementType: elementType, storage: storage)
  }
}
