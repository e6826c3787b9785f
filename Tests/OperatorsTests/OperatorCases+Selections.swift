import Graph
import Operators
import Tensors

extension OperatorCases {
  /// Operators of ``selections`` that have no derivative.
  static let selectionsWithoutDerivative: Set<OperatorName> = [IsNaN.name, IsInfinite.name]

  /// Elements found by index, running sums, and questions of numbers.
  static let selections = questions + runningSums + picks

  private static let questions = [IsNaN.name, IsInfinite.name].flatMap { op in
    [OperatorCase(op, of: [[]]), OperatorCase(op, of: [[2, 3]])]
  }

  private static let runningSums: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for axis in [0, 1, -1] as [Int64] {
      for (exclusive, reverse) in [(0, 0), (0, 1), (1, 0), (1, 1)] as [(Int64, Int64)] {
        cases.append(
          OperatorCase(
            CumSum.name, [.variable([2, 3, 2]), .stored([], [axis])],
            ["exclusive": .int(exclusive), "reverse": .int(reverse)]))
      }
    }
    return cases
  }()

  private static let picks: [OperatorCase] = [
    OperatorCase(GatherElements.name, [.variable([3, 2]), .indices([4, 2], below: 3)]),
    OperatorCase(GatherElements.name, [.variable([3, 4]), .indices([2, 3], below: 4)], ["axis": .int(-1)]),
    OperatorCase(GatherElements.name, [.variable([2, 3, 2]), .indices([2, 2, 1], below: 3)], ["axis": .int(1)]),
    OperatorCase(GatherElements.name, [.variable([2, 3]), .stored([1, 3], [1, -2, 0])]),
    OperatorCase(GatherND.name, [.variable([2, 2, 3]), .indices([4, 2], below: 2)]),
    OperatorCase(GatherND.name, [.variable([3, 2]), .indices([2, 3, 1], below: 3)]),
    OperatorCase(GatherND.name, [.variable([2, 3, 2]), .indices([2, 4, 1], below: 3)], ["batch_dims": .int(1)]),
    OperatorCase(GatherND.name, [.variable([2, 2, 3]), .indices([2, 2, 1], below: 3)], ["batch_dims": .int(2)]),
    OperatorCase(GatherND.name, [.variable([2, 3, 2]), .stored([2, 2], [0, -1, 1, 1])]),
  ]
}
