import EspalierGraph
import EspalierOperators
import EspalierTensors

extension OperatorCases {
  /// Operators of ``additions`` that have no derivative.
  static let additionsWithoutDerivative: Set<OperatorName> = [
    BitwiseAnd.name, BitwiseOr.name, BitwiseXor.name, BitwiseNot.name, BitShift.name, Hardmax.name,
  ]

  /// Trigonometry, bits, norms, losses, and blocks of channels.
  static let additions = trigonometry + bits + norms + pixels + losses + transforms

  private static let trigonometry: [OperatorCase] = {
    let wide = [
      ArcTangent.name, HyperbolicSine.name, HyperbolicCosine.name, ArcHyperbolicSine.name, Swish.name,
    ]
    var cases = wide.flatMap { op in [[], [2, 3]].map { OperatorCase(op, of: [$0], opset: 24) } }
    // Away from where they are not defined.
    for op in [Tangent.name, ArcSine.name, ArcCosine.name, ArcHyperbolicTangent.name] {
      cases.append(OperatorCase(op, [.given([-0.5, 0.25, 0.7])]))
    }
    cases.append(OperatorCase(ArcHyperbolicCosine.name, [.given([1.5, 2, 3])]))
    cases.append(OperatorCase(Swish.name, of: [[2, 3]], ["alpha": .float(0.5)], opset: 24))
    cases.append(
      OperatorCase(Shrink.name, [.given([-2, -0.25, 0.25, 3])], ["lambd": .float(1), "bias": .float(0.5)]))
    return cases
  }()

  private static let transforms: [OperatorCase] = {
    let lengths: [Operand] = [.variable([2, 4, 3, 1]), .constant([6])]
    return [
      OperatorCase(DFT.name, of: [[2, 5, 1]]), OperatorCase(DFT.name, of: [[2, 5, 2]], ["inverse": .int(1)]),
      OperatorCase(DFT.name, of: [[2, 3, 4, 1]], ["axis": .int(2), "onesided": .int(1)]),
      OperatorCase(DFT.name, lengths),
      OperatorCase(DFT.name, [.variable([2, 4, 3, 2]), .absent, .constant([0])], opset: 20),
      OperatorCase(DFT.name, [.variable([4, 6, 2]), .constant([3])], opset: 20),
      OperatorCase(STFT.name, [.variable([2, 9, 1]), .constant([2]), .absent, .constant([4])]),
      OperatorCase(STFT.name, [.variable([2, 9]), .constant([3]), .variable([4])], ["onesided": .int(0)]),
      OperatorCase(STFT.name, [.variable([1, 7, 2]), .constant([1]), .absent, .constant([3])], ["onesided": .int(0)]),
    ]
  }()

  private static let bits: [OperatorCase] = {
    var cases = [BitwiseAnd.name, BitwiseOr.name, BitwiseXor.name].flatMap { op in
      [([2, 3], [2, 3]), ([2, 3], [3])].map { (first: Shape, second: Shape) in
        OperatorCase(op, [.indices(first, below: 99), .indices(second, below: 99)], opset: 18)
      }
    }
    cases.append(OperatorCase(BitwiseNot.name, [.indices([2, 3], below: 99)], opset: 18))
    for direction in ["LEFT", "RIGHT"] {
      cases.append(
        OperatorCase(BitShift.name, [.unsigned([2, 3]), .unsigned([2, 3])], ["direction": .string(direction)]))
    }
    return cases
  }()

  private static let norms: [OperatorCase] = {
    var cases = [
      OperatorCase(RMSNormalization.name, of: [[2, 3, 4], [4]], opset: 23),
      OperatorCase(RMSNormalization.name, of: [[2, 3, 4], [3, 4]], ["axis": .int(1)], opset: 23),
      OperatorCase(SimplifiedLayerNormalization.name, of: [[2, 3, 4], [4]], ["epsilon": .float(0.1)]),
      OperatorCase(
        SkipSimplifiedLayerNormalization.name, of: [[2, 3, 4], [2, 3, 4], [4], [4]], ["epsilon": .float(0.1)]),
      OperatorCase(SkipSimplifiedLayerNormalization.name, of: [[2, 3, 4], [2, 3, 4], [4]]),
      OperatorCase(MeanVarianceNormalization.name, of: [[2, 3, 2, 2]]),
      OperatorCase(MeanVarianceNormalization.name, of: [[2, 3, 4]], ["axes": .ints([-1])]),
      OperatorCase(LpPool.name, of: [[1, 2, 5]], ["kernel_shape": .ints([2])]),
      OperatorCase(
        LpPool.name, of: [[2, 2, 4, 5]],
        [
          "kernel_shape": .ints([2, 3]), "pads": .ints([1, 0, 0, 1]), "strides": .ints([2, 2]), "ceil_mode": .int(1),
        ],
        opset: 22),
      OperatorCase(LpPool.name, of: [[1, 2, 5]], ["kernel_shape": .ints([2]), "dilations": .ints([2])], opset: 22),
      OperatorCase(GlobalLpPool.name, of: [[2, 3, 2, 2]]),
      OperatorCase(GlobalLpPool.name, of: [[2, 3, 4]], ["p": .int(3)]),
      OperatorCase(Mean.name, of: [[2, 3]]), OperatorCase(Mean.name, of: [[2, 3], [3], [2, 1]]),
      OperatorCase(Hardmax.name, [.distinct([2, 3, 4])], ["axis": .int(1)]),
      OperatorCase(Hardmax.name, [.distinct([2, 3, 4])], opset: 12),
    ]
    for order in [1, 2] as [Int64] {
      cases.append(OperatorCase(LpNormalization.name, of: [[2, 3, 4]], ["p": .int(order), "axis": .int(1)]))
    }
    return cases
  }()

  private static let pixels: [OperatorCase] = {
    var cases = ["DCR", "CRD"].map {
      OperatorCase(DepthToSpace.name, of: [[2, 12, 2, 3]], ["blocksize": .int(2), "mode": .string($0)])
    }
    cases.append(OperatorCase(DepthToSpace.name, of: [[1, 9, 1, 2]], ["blocksize": .int(3)]))
    cases.append(OperatorCase(SpaceToDepth.name, of: [[2, 3, 4, 2]], ["blocksize": .int(2)]))
    return cases
  }()

  private static let losses: [OperatorCase] = {
    var cases: [OperatorCase] = []
    for op in [NegativeLogLikelihoodLoss.name, SoftmaxCrossEntropyLoss.name] {
      for reduction in ["none", "sum", "mean"] {
        cases += [
          OperatorCase(op, [.variable([3, 4]), .indices([3], below: 4)], ["reduction": .string(reduction)]),
          OperatorCase(
            op, [.variable([2, 4, 3]), .indices([2, 3], below: 4), .data([4])],
            ["reduction": .string(reduction), "ignore_index": .int(1)]),
        ]
      }
    }
    cases.append(OperatorCase(SoftmaxCrossEntropyLoss.name, [.variable([3, 4]), .indices([3], below: 4)], outputs: 2))
    return cases
  }()
}
