import EspalierGraph
import EspalierOperators
import EspalierTensors

extension OperatorCases {
  /// Operators of ``selections`` that have no derivative.
  static let selectionsWithoutDerivative: Set<OperatorName> = [
    IsNaN.name, IsInfinite.name, ArgMax.name, ArgMin.name, OneHot.name, NonZero.name, Modulo.name, SizeOf.name,
  ]

  /// Operators that find elements by index, running sums, and tests of numbers.
  static let selections =
    questions + runningSums + picks + scatters + orders + triangles + roundings + folds + summations

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

  private static let scatters: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for reduction in ["none", "add"] {
      let attribute: Attribute = .string(reduction)
      cases += [
        OperatorCase(
          ScatterElements.name, [.variable([3, 2]), .stored([2, 2], [0, 2, -1, 1]), .variable([2, 2])],
          ["reduction": attribute]),
        OperatorCase(
          ScatterElements.name, [.variable([2, 3, 2]), .indices([2, 1, 2], below: 3), .variable([2, 1, 2])],
          ["reduction": attribute, "axis": .int(1)]),
        OperatorCase(
          ScatterElements.name, [.variable([2, 3]), .indices([1, 1], below: 3), .variable([1, 1])],
          ["reduction": attribute, "axis": .int(-1)]),
        OperatorCase(
          ScatterND.name, [.variable([3, 2, 2]), .stored([2, 1], [2, -3]), .variable([2, 2, 2])],
          ["reduction": attribute]),
        OperatorCase(
          ScatterND.name, [.variable([2, 2, 3]), .indices([1, 2], below: 2), .variable([1, 3])],
          ["reduction": attribute]),
      ]
    }
    cases.append(
      OperatorCase(
        ScatterND.name, [.variable([2, 3]), .indices([4, 1], below: 2), .variable([4, 3])],
        ["reduction": .string("add")]))
    return cases
  }()

  private static let orders: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for (axis, largest) in [(0, 1), (1, 0), (-1, 1)] as [(Int64, Int64)] {
      cases.append(
        OperatorCase(
          TopK.name, [.distinct([3, 2, 3]), .constant([2])], ["axis": .int(axis), "largest": .int(largest)], outputs: 2)
      )
    }
    cases.append(OperatorCase(TopK.name, [.distinct([2, 4]), .constant([3])]))
    cases.append(OperatorCase(TopK.name, [.distinct([4])], ["k": .int(4)], opset: 9))
    for op in [ArgMax.name, ArgMin.name] {
      for (axis, keeps) in [(0, 1), (1, 0), (-1, 1)] as [(Int64, Int64)] {
        cases.append(
          OperatorCase(
            op, [.distinct([2, 3, 2])],
            ["axis": .int(axis), "keepdims": .int(keeps), "select_last_index": .int(keeps)]))
      }
    }
    for axis in [0, 1, -1] as [Int64] {
      cases.append(
        OperatorCase(
          OneHot.name, [.indices([2, 3], below: 3), .stored([], [3]), .numbers([0, 1])], ["axis": .int(axis)]))
    }
    cases.append(OperatorCase(OneHot.name, [.constant([1, -1]), .constant([3]), .data([2])]))
    cases.append(OperatorCase(NonZero.name, [.stored([2, 2], [0, 3, -1, 0])]))
    return cases
  }()

  private static let triangles: [OperatorCase] = [0, 1].flatMap { upper in
    [OperatorCase(Trilu.name, of: [[2, 3, 4]], ["upper": .int(upper)])]
      + ([-9, -1, 0, 2, .max] as [Int64]).map {
        OperatorCase(Trilu.name, [.variable([2, 3, 3]), .stored([], [$0])], ["upper": .int(upper)])
      }
  }

  private static let roundings: [OperatorCase] =
    [Floor.name, Ceiling.name, Round.name, Signum.name].map { OperatorCase($0, [.given([0.3, -1.7, 2.2, -0.2])]) }
    + [Sine.name, Cosine.name].map { OperatorCase($0, of: [[2, 3]]) } + [
      OperatorCase(Modulo.name, [.data([2, 3]), .data([3])], ["fmod": .int(1)]),
      OperatorCase(Modulo.name, [.indices([2, 3], below: 9), .constant([4])]),
      OperatorCase(CastLike.name, [.variable([2, 3]), .data([1])]),
    ]

  private static let folds: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for op in [ReduceL1.name, ReduceL2.name, ReduceSumSquare.name, ReduceLogSumExp.name, ReduceProd.name] {
      for (axes, keeps) in [([0], 0), ([1], 1), ([-1, 0], 0)] as [([Int64], Int64)] {
        cases.append(
          OperatorCase(op, of: [[2, 3, 2]], ["axes": .ints(axes), "keepdims": .int(keeps)], opset: 13))
      }
      cases.append(OperatorCase(op, [.variable([2, 3]), .constant([1])], opset: 18))
    }
    cases.append(OperatorCase(ReduceLogSum.name, [.positive([2, 3])], ["axes": .ints([1])], opset: 13))
    return cases
  }()

  private static let summations: [OperatorCase] = {
    let equations: [(String, [Shape])] = [
      ("abc,cd->abd", [[2, 3, 2], [2, 4]]), ("abc,dc->abd", [[2, 3, 2], [4, 2]]), ("ab,bc", [[2, 3], [3, 2]]),
      ("bhqd,bhkd->bhqk", [[2, 2, 3, 2], [2, 2, 4, 2]]), ("bhqk,bhkd->bhqd", [[2, 2, 3, 4], [2, 2, 4, 2]]),
      ("bqhd,bkhd->bhqk", [[2, 3, 2, 2], [2, 4, 2, 2]]), ("bhqk,bkhd->bqhd", [[2, 2, 3, 4], [2, 4, 2, 2]]),
      ("bfnd,ndh->bfh", [[2, 3, 2, 2], [2, 2, 3]]), ("abc,cde->abde", [[2, 2, 3], [3, 2, 2]]),
      ("bhd,bd->hb", [[2, 3, 2], [2, 2]]), ("ij,kj->ki", [[2, 3], [4, 3]]), ("i,j->ij", [[2], [3]]),
      ("i,i->", [[3], [3]]), ("i,i", [[3], [3]]), ("ij->ji", [[2, 3]]), ("ij->", [[2, 3]]), ("ij->i", [[2, 3]]),
      ("i,ij,j->", [[2], [2, 3], [3]]), ("ij,k->ik", [[2, 3], [2]]), (",i->i", [[], [3]]),
      ("...ij,...jk->...ik", [[2, 2, 3], [2, 3, 2]]), ("...ij,...jk", [[2, 2, 3], [3, 2]]),
      ("b...d,d->...b", [[2, 3, 2], [2]]), (" i j , j k -> i k ", [[2, 1], [3, 2]]), ("ij,ij->ij", [[2, 3], [1, 3]]),
      ("ij,ij->i", [[2, 3], [2, 1]]), ("bi,bj->bij", [[1, 2], [3, 2]]), ("...i->...", [[2, 3]]),
    ]
    return equations.map { OperatorCase(Einsum.name, of: $1, ["equation": .string($0)]) }
  }()
}
