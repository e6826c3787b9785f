import EspalierTensors
import Testing

@Suite struct TensorTests {
  /// Compares `taking` with its definition, element by element, for every small shape, axis and pair of indices.
  @Test(arguments: smallShapes)
  func takingFollowsItsDefinition(shape: Shape) {
    let tensor = Tensor(shape: shape, (0..<Int32(shape.elementCount)).map { $0 })
    let words = Tensor(shape: shape, strings: (0..<shape.elementCount).map(String.init))
    for axis in shape.indices {
      let size = shape[axis]
      var choices: [[Int]] = [[], Array(0..<size), Array((0..<size).reversed())]
      for first in 0..<size { for second in 0..<size { choices.append([first, second]) } }
      for indices in choices {
        let result = shape.replacing(axis: axis, with: indices.count)
        let expected = (0..<result.elementCount).map { position in
          let strides = result.strides
          let index = result.indices.map { position / strides[$0] % result[$0] }
          return result.indices.map { ($0 == axis ? indices[index[$0]] : index[$0]) * shape.strides[$0] }.reduce(0, +)
        }
        #expect(tensor.taking(indices, along: axis) == Tensor(shape: result, expected.map(Int32.init)))
        #expect(words.taking(indices, along: axis).strings == expected.map(String.init))
      }
    }
  }

  @Test(arguments: smallShapes)
  func reshapingKeepsTheElements(shape: Shape) {
    let tensor = Tensor(shape: shape, (0..<shape.elementCount).map(Float.init))
    let flat = tensor.reshaped([shape.elementCount])
    #expect(flat.shape == [shape.elementCount])
    #expect(flat.elements(as: Float.self) == tensor.elements(as: Float.self))
    #expect(flat.reshaped(shape) == tensor)
  }

  @Test func convertsEveryRealType() {
    func check<Element: TensorElement & BinaryInteger>(_ type: Element.Type) {
      let tensor = Tensor(shape: [3], [0, 1, 100] as [Element])
      #expect(tensor.doubles() == [0, 1, 100])
      #expect(tensor.floats() == [0, 1, 100])
      #expect(tensor.integers() == [0, 1, 100])
    }
    check(Int8.self)
    check(Int16.self)
    check(Int32.self)
    check(Int64.self)
    check(UInt8.self)
    check(UInt16.self)
    check(UInt32.self)
    check(UInt64.self)
    #expect(Tensor(shape: [2], [1.5, -2]).doubles() == [1.5, -2])
    #expect(Tensor(shape: [2], [1.5, -2] as [Float]).floats() == [1.5, -2])
    #expect(Tensor(shape: [2], [true, false]).integers() == [1, 0])
    #expect(Tensor(shape: [2], [1.5, -2]).integers() == nil)
    #expect(Tensor(scalar: UInt64.max).integers() == [Int.max])
    #expect(Tensor(shape: [1], strings: ["1"]).doubles() == nil)
    #expect(Tensor(shape: [2], elementType: .bfloat16, bytes: [0x80, 0x3F, 0x20, 0xC0]).floats() == [1, -2.5])
  }

  /// Compares each of the 65,536 half precision numbers with the definition of IEEE 754.
  @Test func halfPrecisionIsExact() throws {
    let bytes = (0...UInt16.max).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let floats = try #require(Tensor(shape: [65536], elementType: .float16, bytes: bytes).floats())
    var wrong = 0
    for (bits, value) in floats.enumerated() {
      let exponent = bits >> 10 & 31
      let fraction = Float(bits & 1023)
      let magnitude: Float =
        switch exponent {
        case 0: fraction * 0x1p-24
        case 31: fraction == 0 ? .infinity : .nan
        default: (1 + fraction / 1024) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
        }
      let expected = bits & 0x8000 == 0 ? magnitude : -magnitude
      let same = expected.isNaN ? value.isNaN : value.bitPattern == expected.bitPattern
      wrong += same ? 0 : 1
    }
    #expect(wrong == 0)
  }

  @Test func writingChangesOneCopyOnly() {
    let original = Tensor(repeating: Float(1), shape: [2, 2])
    var copy = original
    copy.withMutableElements(as: Float.self) { $0[3] = 5 }
    #expect(original.elements(as: Float.self) == [1, 1, 1, 1])
    #expect(copy.elements(as: Float.self) == [1, 1, 1, 5])
  }
}
