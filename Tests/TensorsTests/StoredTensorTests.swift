import EspalierFiles
import EspalierTensors
import Testing

/// Tensors with their elements in a file are values like any other.
struct StoredTensorTests {
  private let numbers = (0..<600_000).map { Float($0) / 7 }

  private func stored() throws -> Tensor {
    let tensor = Tensor(shape: [600, 1000], numbers).inTemporaryFile()
    try #require(!tensor.storage.isInMemory)
    return tensor
  }

  @Test func elementsAreThoseWritten() throws {
    let tensor = try stored()
    #expect(tensor == Tensor(shape: [600, 1000], numbers))
    #expect(tensor.hashValue == Tensor(shape: [600, 1000], numbers).hashValue)
    #expect(tensor.elements() == numbers && tensor.floats() == numbers && tensor.byteCount == 2_400_000)
    #expect(tensor.taking([3, 599], along: 0).elements() == Array(numbers[3000..<4000] + numbers[599_000...]))
    #expect(tensor.reshaped([1000, 600]).elements() == numbers)
  }

  @Test func aCopyIsWrittenTo() throws {
    let tensor = try stored()
    var copy = tensor
    copy.withMutableElements(as: Float.self) { $0[5] = -1 }
    #expect(copy.storage.isInMemory && copy.elements(as: Float.self)[5] == -1)
    #expect(tensor.elements() == numbers)
    #expect(copy != tensor)
  }

  @Test func writingInPlaceCopiesNothing() {
    var tensor = Tensor(shape: [4], [1, 2, 3, 4] as [Float])
    func address() -> UnsafeRawPointer? { tensor.withElements(as: Float.self) { $0.baseAddress.map { .init($0) } } }
    let before = address()
    tensor.withMutableElements(as: Float.self) { $0[0] = 9 }
    #expect(address() == before && tensor.elements() == [9, 2, 3, 4] as [Float])
  }

  @Test func smallTensorsStayInMemory() {
    #expect(Tensor(shape: [4], [1, 2, 3, 4] as [Float]).inTemporaryFile().storage.isInMemory)
    #expect(Tensor(shape: [1], strings: ["a"]).inTemporaryFile().strings == ["a"])
  }
}
