import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Examples of every operator that has a derivative or a rule for its axes: a new operator adds its own here.
enum OperatorCases {
  static let all =
    gemms + matrixProducts + elementwise + probabilities + layout + reshapes + transposes + reductions
    + convolutions + transposedConvolutions + normalizations + otherNormalizations + pools
    + functions + combinations + decisions + parts + resizes + selections + attention + additions
    + sequences

  /// Operators that have no derivative: sources of values, and derivatives themselves.
  static let withoutDerivative: Set<OperatorName> = Set(
    OperatorRegistry.own.map { $0.name }.filter { $0.type.hasSuffix("Derivative") || $0.type.hasSuffix("Gradient") }
  ).union([
    Constant.name, FusedConvolution.name, FusedProduct.name, Unfold.name, SquaredNorm.name, UnitInteraction.name,
    SumToShape.name,
    BroadcastToShape.name, Equal.name, Less.name,
    LessOrEqual.name, Greater.name, GreaterOrEqual.name, And.name, Or.name, Xor.name, Not.name, ShapeOf.name,
    ConstantOfShape.name, NumberRange.name, StatedOperator.name,
  ]).union(selectionsWithoutDerivative).union(additionsWithoutDerivative)
    .union(sequencesWithoutDerivative)

  private static let gemms: [OperatorCase] = {
    var cases = [
      OperatorCase(Gemm.name, of: [[3, 2], [2, 4]]),
      OperatorCase(Gemm.name, of: [[1, 2], [2, 3], [1, 3]]),
      OperatorCase(Gemm.name, of: [[1, 2], [2, 1], [1]]),
      OperatorCase(Gemm.name, of: [[3, 3], [3, 3], [3, 1]]),
      OperatorCase(Gemm.name, of: [[3, 2], [2, 3], [3]]),
      OperatorCase(Gemm.name, [.variable([3, 2]), .variable([2, 4]), .absent], ["beta": .float(3)]),
    ]
    let addends: [(Shape, Float, Float)] = [
      ([4], 1, 1), ([1], 0.5, 1), ([], 1, -1.5), ([1, 4], 0.5, -1.5), ([3, 1], 2, 1), ([3, 4], -1, 0.5),
      ([1, 1], 1, 1),
    ]
    for (transA, transB) in [(false, false), (false, true), (true, false), (true, true)] {
      let factors: [Shape] = [transA ? [2, 3] : [3, 2], transB ? [4, 2] : [2, 4]]
      for (addend, alpha, beta) in addends {
        cases.append(
          OperatorCase(
            Gemm.name, of: factors + [addend],
            [
              "alpha": .float(alpha), "beta": .float(beta), "transA": .int(transA ? 1 : 0),
              "transB": .int(transB ? 1 : 0),
            ]))
      }
    }
    return cases
  }()

  private static let matrixProducts: [OperatorCase] = {
    let pairs: [(Shape, Shape)] = [
      ([2, 3], [3, 4]), ([3], [3]), ([3], [3, 2]), ([2, 3], [3]), ([1, 1], [1, 1]), ([2, 3, 4], [4, 2]),
      ([2, 3, 4], [4]), ([4], [2, 4, 3]), ([2, 1, 3, 4], [3, 4, 2]), ([3, 4], [2, 4, 3]), ([2, 3, 4], [2, 4, 3]),
      ([1, 3, 4], [2, 4, 3]), ([2, 3, 2, 4], [2, 3, 4, 2]), ([2, 1, 2, 4], [1, 3, 4, 2]), ([2, 2, 2, 4], [4, 3]),
      ([2, 3], [2, 2, 3, 2]), ([1, 1, 3], [3, 2]),
    ]
    return pairs.map { OperatorCase(MatMul.name, of: [$0, $1]) }
  }()

  private static let elementwise: [OperatorCase] = {
    let pairs: [(Shape, Shape)] = [
      ([], []), ([3], []), ([], [2, 2]), ([2, 3], [2, 3]), ([2, 3], [3]), ([3], [2, 3]), ([2, 1], [1, 3]),
      ([2, 3, 2], [3, 1]), ([1], [2]), ([2, 3, 2], [2, 1, 2]), ([4, 1, 2], [1, 3, 1]), ([2, 2, 3, 2], [2, 1, 1]),
      ([1, 1], [1]), ([2, 3, 1], [2, 3, 1]),
    ]
    var cases = [OperatorCase(Scale.name, of: [[2, 3]], ["factor": .float(-2.5)])]
    for op in [Add.name, Subtract.name, Multiply.name, Divide.name] {
      cases += pairs.map { OperatorCase(op, of: [$0, $1]) }
    }
    let shapes: [Shape] = [[], [5], [2, 3], [1, 2, 1, 3]]
    for op in [Identity.name, Dropout.name] { cases += shapes.map { OperatorCase(op, of: [$0]) } }
    for opset in [9, 17] { cases.append(OperatorCase(Dropout.name, [.variable([2, 3])], opset: opset, outputs: 2)) }
    return cases
  }()

  /// Functions of one number; none has a kink where random operands are.
  private static let functions: [OperatorCase] = {
    let shapes: [Shape] = [[], [5], [2, 3], [1, 2, 1, 3]]
    let parameterless: [OperatorName] = [
      Relu.name, Sigmoid.name, Tanh.name, Negate.name, LeakyRelu.name, Elu.name, Celu.name, Selu.name, Gelu.name,
      Mish.name, HardSigmoid.name, HardSwish.name, Softplus.name, Softsign.name, Absolute.name, Reciprocal.name,
      Exponential.name, ErrorFunction.name,
    ]
    var cases = parameterless.flatMap { op in shapes.map { OperatorCase(op, of: [$0], opset: 20) } }
    for op in [SquareRoot.name, Logarithm.name] { cases += shapes.map { OperatorCase(op, [.positive($0)]) } }
    for op in [LeakyRelu.name, Elu.name, Celu.name, Selu.name, ThresholdedRelu.name] {
      cases.append(OperatorCase(op, of: [[2, 3]], ["alpha": .float(0.25)]))
    }
    cases.append(OperatorCase(Gelu.name, of: [[2, 3]], ["approximate": .string("tanh")], opset: 20))
    cases.append(OperatorCase(HardSigmoid.name, of: [[2, 3]], ["alpha": .float(1), "beta": .float(0.25)]))
    return cases
  }()

  private static let probabilities: [OperatorCase] = {
    var cases = [
      OperatorCase(SoftmaxCrossEntropy.name, [.variable([3, 4]), .data([3, 4])]),
      OperatorCase(SoftmaxCrossEntropy.name, [.variable([1, 1]), .data([1, 1])]),
    ]
    for op in [Softmax.name, LogSoftmax.name] {
      for opset in [7, 13] {
        cases.append(OperatorCase(op, of: [[2, 3, 4]], opset: opset))
        cases.append(OperatorCase(op, of: [[3, 4]], opset: opset))
        for axis in -3..<3 as Range<Int64> {
          cases.append(OperatorCase(op, of: [[2, 3, 4]], ["axis": .int(axis)], opset: opset))
        }
      }
    }
    return cases
  }()

  private static let layout: [OperatorCase] = {
    var cases = [
      OperatorCase(Flatten.name, of: [[3]]), OperatorCase(Flatten.name, of: [[2, 3, 1, 1]]),
      OperatorCase(View.name, of: [[2, 3]], ["shape": .ints([3, 2])]),
    ]
    for axis in -4...4 as ClosedRange<Int64> {
      cases.append(OperatorCase(Flatten.name, of: [[2, 3, 2, 2]], ["axis": .int(axis)]))
    }
    return cases
  }()

  private static let reshapes: [OperatorCase] = {
    let pairs: [(Shape, [Int64])] = [
      ([2, 3, 4], [2, 12]), ([2, 3, 4], [0, -1]), ([2, 3, 4], [0, 0, 0]), ([2, 3, 4], [-1]), ([2, 3, 4], [0, 0, 4]),
      ([2, 3, 4], [0, 0, -1, 2]), ([2, 12], [0, -1, 4]), ([2, 12], [0, 3, -1]), ([6, 4], [-1, 2, 4]),
      ([2, 3, 4], [-1, 4]), ([6], [2, 3]), ([4, 6], [6, 4]), ([1, 4, 4, 5], [-1, 0, 5]), ([1, 6], [1, 6]),
      ([2, 3, 1, 1], [0, -1]), ([2, 3], [0, 0, 1]), ([1, 1], [-1]), ([4, 6], [0, 2, -1]), ([4, 6], [-1, 6]),
      ([4, 6], [2, -1, 6]), ([4, 6], [-1, 2, 6]), ([2, 4, 3], [-1, 3]), ([2, 4, 3], [-1, 0]), ([2, 3, 4], [-1, 1, 0]),
    ]
    return pairs.map { OperatorCase(Reshape.name, [.variable($0), .constant($1)]) }
  }()

  private static let transposes: [OperatorCase] = {
    var cases = [OperatorCase(Transpose.name, of: [[2, 3, 4]])]
    for rank in 0...4 {
      let shape = Shape(Array([2, 3, 1, 4].prefix(rank)))
      for permutation in permutations(rank) {
        cases.append(OperatorCase(Transpose.name, of: [shape], ["perm": .ints(permutation)]))
      }
    }
    return cases
  }()

  private static let reductions: [OperatorCase] = {
    let axes: [[Int64]] = [[0], [1], [2], [-1], [0, 1], [1, 2], [0, 2], [-1, 0], [0, 1, 2]]
    var cases: [OperatorCase] = []
    for op in [ReduceSum.name, ReduceMean.name] {
      for keeps in [Attribute.int(0), .int(1)] {
        for axes in axes {
          cases.append(OperatorCase(op, of: [[2, 3, 4]], ["axes": .ints(axes), "keepdims": keeps], opset: 11))
        }
        cases.append(OperatorCase(op, [.variable([2, 3, 4]), .constant([1])], ["keepdims": keeps], opset: 18))
        cases.append(OperatorCase(op, [.variable([2, 3, 4]), .constant([])], ["keepdims": keeps], opset: 18))
        cases.append(
          OperatorCase(
            op, [.variable([2, 3]), .constant([])], ["keepdims": keeps, "noop_with_empty_axes": .int(1)], opset: 18))
        cases.append(OperatorCase(op, of: [[2, 3]], ["keepdims": keeps], opset: 18))
        cases.append(OperatorCase(op, of: [[]], ["keepdims": keeps]))
      }
    }
    return cases
  }()

  /// All orders of `rank` axes.
  static func permutations(_ rank: Int) -> [[Int64]] {
    guard rank > 0 else { return [[]] }
    return permutations(rank - 1).flatMap { shorter in
      (0..<rank).map { place in shorter[..<place] + [Int64(rank - 1)] + shorter[place...] }
    }
  }
}
