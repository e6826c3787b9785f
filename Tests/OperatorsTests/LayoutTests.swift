import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct LayoutTests {
  private func counting<Element: TensorElement & BinaryInteger>(_ shape: Shape, _ type: Element.Type) -> Tensor {
    Tensor(shape: shape, (0..<shape.elementCount).map { Element(truncatingIfNeeded: $0) })
  }

  @Test(arguments: Backends.all)
  func transposeMovesElementsOfEveryWidth(backend: any Backend) throws {
    for rank in 0...4 {
      for sizes in [[2, 3, 1, 4], [1, 1, 5, 2], [3, 0, 2, 2]] {
        let shape = Shape(Array(sizes.prefix(rank)))
        let tensors = [
          counting(shape, Int8.self), counting(shape, UInt16.self), counting(shape, Int32.self),
          counting(shape, UInt64.self),
        ]
        for permutation in OperatorCases.permutations(rank) {
          let target = Shape(permutation.map { shape[Int($0)] })
          for tensor in tensors {
            let y = try run(Transpose.name, [tensor], ["perm": .ints(permutation)], on: backend)
            #expect(y.shape == target)
            #expect(y.elementType == tensor.elementType)
            let expected = target.positions.map { position in
              zip(position, permutation).reduce(0) { $0 + $1.0 * shape.strides[Int($1.1)] }
            }
            #expect(y.integers() == expected, "\(shape) by \(permutation)")
          }
        }
      }
    }
  }

  @Test func transposeReversesTheAxesWhereNothingIsSaid() throws {
    let x = counting([2, 3, 4], Int32.self)
    #expect(try run(Transpose.name, [x]) == run(Transpose.name, [x], ["perm": .ints([2, 1, 0])]))
  }

  @Test(arguments: Backends.all)
  func reshapeFillsInWhatIsNotWritten(backend: any Backend) throws {
    let cases: [(Shape, [Int64], Int64, Shape?)] = [
      ([2, 3, 4], [24], 0, [24]), ([2, 3, 4], [-1], 0, [24]), ([2, 3, 4], [0, -1], 0, [2, 12]),
      ([2, 3, 4], [0, 0, 0], 0, [2, 3, 4]), ([2, 3, 4], [4, 3, 2], 0, [4, 3, 2]),
      ([2, 3, 4], [0, 3, 2, -1], 0, [2, 3, 2, 2]),
      ([1], [], 0, []), ([], [1, 1], 0, [1, 1]), ([], [-1], 0, [1]), ([0, 3], [0, -1], 0, nil),
      ([0, 3], [3, 0], 1, [3, 0]),
      ([0, 3], [0, 3], 0, [0, 3]), ([0, 3], [-1, 3], 0, [0, 3]), ([2, 3], [0, 3], 1, nil), ([2, 3], [0, -1], 1, nil),
      ([2, 3], [5], 0, nil), ([2, 3], [-1, -1], 0, nil), ([2, 3], [-2, -3], 0, nil), ([2, 3], [4, -1], 0, nil),
      ([2, 3], [0, 0, 0], 0, nil), ([2, 3], [6, 1, 1], 0, [6, 1, 1]), ([2, 3], [.max, .max], 0, nil),
      ([2, 3], [.min, -1], 0, nil), ([0], [.max, .max, 0], 0, nil), ([0], [.max, .max, 0], 1, nil),
    ]
    for (shape, asked, allowZero, expected) in cases {
      let x = counting(shape, Int32.self)
      let stored = Tensor(shape: [asked.count], asked)
      let attributes: Attribute = .int(allowZero)
      if let expected {
        #expect(try run(Reshape.name, [x, stored], ["allowzero": attributes], on: backend) == x.reshaped(expected))
        if allowZero == 0 {
          #expect(try run(Reshape.name, [x], ["shape": .ints(asked)], opset: 4, on: backend) == x.reshaped(expected))
        }
      } else {
        let error = anyDataError { _ = try run(Reshape.name, [x, stored], ["allowzero": attributes], on: backend) }
        #expect(error?.subject == "node \"tested\" (Reshape)", "\(shape) to \(asked)")
      }
    }
  }

  @Test(arguments: Backends.all)
  func flattenCutsAtItsAxis(backend: any Backend) throws {
    let shapes: [Shape] = [[], [3], [2, 3], [2, 3, 4], [0, 3, 2], [2, 0, 2]]
    for shape in shapes {
      let x = counting(shape, Int32.self)
      for axis in -shape.rank...shape.rank {
        let cut = axis < 0 ? axis + shape.rank : axis
        let expected: Shape = [shape[..<cut].reduce(1, *), shape[cut...].reduce(1, *)]
        #expect(try run(Flatten.name, [x], ["axis": .int(Int64(axis))], on: backend) == x.reshaped(expected))
      }
    }
    #expect(try run(Flatten.name, [counting([2, 3, 4], Int32.self)], on: backend).shape == [2, 12])
  }

  @Test(arguments: Backends.all, [Identity.name, Dropout.name])
  func whatDoesNothingGivesTheSame(backend: any Backend, op: OperatorName) throws {
    for shape in [[], [3], [0, 2], [2, 1, 3]] as [Shape] {
      #expect(try run(op, [counting(shape, Int64.self)], on: backend) == counting(shape, Int64.self))
    }
  }

  @Test(arguments: Backends.all)
  func constantsAreWhatTheirAttributeSays(backend: any Backend) throws {
    let cases: [(Attribute, Tensor)] = [
      (.float(2.5), Tensor(scalar: Float(2.5))), (.int(-3), Tensor(scalar: Int64(-3))),
      (.floats([1, 2]), Tensor(shape: [2], [1, 2] as [Float])), (.ints([]), Tensor(shape: [0], [Int64]())),
      (.tensor(counting([2, 0], Int8.self)), counting([2, 0], Int8.self)),
    ]
    for (attribute, expected) in cases {
      #expect(try run(Constant.name, [], ["value": attribute], on: backend) == expected)
    }
  }
}
