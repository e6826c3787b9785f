import EspalierGraph
import EspalierOperators
import EspalierTensors

extension OperatorCases {
  private static let broadcasts: [(Shape, Shape)] = [
    ([], []), ([3], []), ([], [2, 2]), ([2, 3], [2, 3]), ([2, 3], [3]), ([3], [2, 3]), ([2, 1], [1, 3]), ([1], [2]),
    ([2, 3, 2], [3, 1]),
  ]

  /// Several tensors of numbers.
  static let combinations: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for op in [Sum.name, Maximum.name, Minimum.name] {
      cases += broadcasts.map { OperatorCase(op, [.distinct($0), .distinct($1)]) }
      cases.append(OperatorCase(op, [.distinct([2, 3])]))
      cases.append(OperatorCase(op, [.distinct([2, 1]), .distinct([3]), .distinct([2, 3])]))
    }
    for (base, exponent) in broadcasts {
      cases.append(OperatorCase(Power.name, [.positive(base), .positive(exponent)]))
    }
    cases.append(OperatorCase(Power.name, [.variable([2, 3]), .constant([2])]))
    for power in [0, 1, 3] as [Int64] {
      cases.append(OperatorCase(Power.name, [.variable([2, 3]), .constant([power])]))
    }
    for slope in [[], [1], [3, 1], [2, 3, 2]] as [Shape] {
      cases.append(OperatorCase(PRelu.name, of: [[2, 3, 2], slope]))
    }
    cases.append(OperatorCase(Clip.name, of: [[2, 3]], ["min": .float(-2), "max": .float(0.25)], opset: 9))
    cases.append(OperatorCase(Clip.name, of: [[2, 3]], ["min": .float(0)], opset: 9))
    cases.append(OperatorCase(Clip.name, [.variable([2, 3])]))
    cases.append(OperatorCase(Clip.name, [.distinct([2, 3]), .absent, .data([])]))
    for op in [ReduceMax.name, ReduceMin.name] {
      for keeps in [Attribute.int(0), .int(1)] {
        for axes in [[0], [1], [-1], [0, 2], [0, 1, 2]] as [[Int64]] {
          cases.append(OperatorCase(op, [.distinct([2, 3, 2])], ["axes": .ints(axes), "keepdims": keeps], opset: 11))
        }
        cases.append(OperatorCase(op, [.distinct([2, 3]), .constant([1])], ["keepdims": keeps], opset: 18))
      }
    }
    return cases
  }()

  /// Truth values.
  static let decisions: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for (a, b) in broadcasts {
      for op in [Equal.name, Less.name, LessOrEqual.name, Greater.name, GreaterOrEqual.name] {
        cases.append(OperatorCase(op, [.data(a), .data(b)]))
      }
      for op in [And.name, Or.name, Xor.name] { cases.append(OperatorCase(op, [.truths(a), .truths(b)])) }
      cases.append(OperatorCase(Where.name, [.truths(a), .variable(b), .variable([])]))
      cases.append(OperatorCase(Where.name, [.truths([]), .variable(a), .variable(b)]))
    }
    cases.append(OperatorCase(Not.name, [.truths([2, 3])]))
    cases.append(OperatorCase(Cast.name, of: [[2, 3]], ["to": .int(1)]))
    return cases
  }()

  /// Operators that move parts of tensors.
  static let parts: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for axis in -2..<2 as Range<Int64> {
      cases.append(OperatorCase(Concat.name, of: [[2, 3], [2, 3]], ["axis": .int(axis)]))
      cases.append(OperatorCase(Split.name, [.variable([4, 2])], ["axis": .int(axis)], outputs: 2))
      cases.append(OperatorCase(Gather.name, [.variable([3, 4]), .constant([1, -1, 1])], ["axis": .int(axis)]))
    }
    cases.append(OperatorCase(Concat.name, of: [[2, 3, 2], [2, 1, 2], [2, 4, 2]], ["axis": .int(1)]))
    cases.append(OperatorCase(Concat.name, of: [[3]], ["axis": .int(0)]))
    cases.append(OperatorCase(Split.name, [.variable([5, 2]), .constant([2, 3])], outputs: 2))
    cases.append(
      OperatorCase(Split.name, [.variable([2, 5])], ["axis": .int(1), "num_outputs": .int(3)], opset: 18, outputs: 3))
    cases.append(OperatorCase(Split.name, of: [[3, 2]]))
    let slices: [(Shape, [[Int64]])] = [
      ([4, 3], [[1], [3]]), ([4, 3], [[0, 1], [.max, .max]]), ([4, 3], [[-1], [.min], [1], [-1]]),
      ([4, 3], [[0], [4], [0], [2]]), ([5, 2, 3], [[3, 0], [0, 2], [0, 1], [-2, 1]]), ([4, 3], [[0], [3], [-1]]),
    ]
    cases += slices.map { shape, constants in
      OperatorCase(Slice.name, [.variable(shape)] + constants.map { .constant($0) })
    }
    cases.append(OperatorCase(Slice.name, of: [[4, 3]], ["starts": .ints([1]), "ends": .ints([2])], opset: 9))
    for mode in ["constant", "edge", "reflect", "wrap"] {
      for pads in [[0, 1, 0, 2], [0, 0, 0, 0], [1, 0, 0, -1], [2, 3, 1, 0]] as [[Int64]] {
        cases.append(OperatorCase(Pad.name, [.variable([3, 4]), .constant(pads)], ["mode": .string(mode)]))
      }
    }
    cases.append(OperatorCase(Pad.name, of: [[3]], ["pads": .ints([1, 1]), "value": .float(2)], opset: 10))
    cases.append(
      OperatorCase(Pad.name, [.variable([3, 2]), .constant([1, 1]), .data([]), .constant([-1])], opset: 18))
    for shape in [[2, 3], [4, 1, 1], [1], [2, 2, 3]] as [[Int64]] {
      cases.append(OperatorCase(Expand.name, [.variable([2, 3]), .constant(shape)]))
    }
    cases.append(OperatorCase(Expand.name, [.variable([3, 1]), .constant([3, 4])]))
    for repeats in [[1, 1], [2, 1], [1, 3], [2, 2]] as [[Int64]] {
      cases.append(OperatorCase(Tile.name, [.variable([2, 3]), .constant(repeats)]))
    }
    cases.append(OperatorCase(Squeeze.name, [.variable([2, 1, 3, 1]), .constant([1, -1])]))
    cases.append(OperatorCase(Squeeze.name, of: [[2, 1, 3, 1]], ["axes": .ints([1])], opset: 11))
    cases.append(OperatorCase(Squeeze.name, of: [[2, 1, 3]]))
    cases.append(OperatorCase(Unsqueeze.name, [.variable([2, 3]), .constant([0, -1])]))
    cases.append(OperatorCase(Unsqueeze.name, of: [[2, 3]], ["axes": .ints([1])], opset: 11))
    return cases
  }()
}
