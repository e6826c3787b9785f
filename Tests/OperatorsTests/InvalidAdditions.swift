import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Faults of the operators of ``OperatorCases/additions`` and ``OperatorCases/sequences``.
enum InvalidAdditions {
  private static let matrix = TensorType([2, 3])
  private static let image = TensorType([1, 3, 4, 4])
  private static func whole(_ shape: Shape) -> TensorType { TensorType(shape, .int64) }
  private static func bytes(_ shape: Shape) -> TensorType { TensorType(shape, .uint8) }

  static let faults = transforms + numbers + norms + pictures + recurrences + quantized + parts

  private static let transforms: [Fault] = [
    Fault(op: DFT.name, inputs: [matrix]), Fault(op: DFT.name, inputs: [TensorType([2, 4, 3])]),
    Fault(op: DFT.name, inputs: [TensorType([2, 4, 1])], attributes: ["axis": .int(2)]),
    Fault(op: DFT.name, inputs: [TensorType([2, 4, 2])], attributes: ["inverse": .int(1), "onesided": .int(1)]),
    Fault(op: STFT.name, inputs: [TensorType([2, 9, 1])]), Fault(op: STFT.name, inputs: [TensorType([2, 9, 3])]),
    Fault(
      op: GroupQueryAttention.name, inputs: Array(repeating: TensorType([2, 3, 8]), count: 3),
      attributes: ["num_heads": .int(4), "kv_num_heads": .int(3)]),
    Fault(
      op: GroupQueryAttention.name, inputs: Array(repeating: TensorType([2, 3, 8]), count: 3),
      attributes: ["num_heads": .int(4), "kv_num_heads": .int(2)]),
    Fault(
      op: GroupQueryAttention.name, inputs: [TensorType([2, 3, 8])],
      attributes: ["num_heads": .int(1 << 62), "kv_num_heads": .int(1 << 62)]),
  ]

  private static let numbers: [Fault] =
    [
      Tangent.name, ArcSine.name, ArcCosine.name, ArcTangent.name, HyperbolicSine.name, HyperbolicCosine.name,
      ArcHyperbolicSine.name, ArcHyperbolicCosine.name, ArcHyperbolicTangent.name, Determinant.name,
    ].map { Fault(op: $0, inputs: [whole([2])]) } + [
      Fault(op: Swish.name, inputs: [matrix], attributes: ["alpha": .int(1)]),
      Fault(op: Shrink.name, inputs: [matrix], attributes: ["lambd": .int(1)]),
      Fault(op: Mean.name, inputs: [matrix, TensorType([4])]), Fault(op: Mean.name, inputs: []),
      Fault(op: BitwiseAnd.name, inputs: [matrix, matrix]), Fault(op: BitwiseOr.name, inputs: [whole([2])]),
      Fault(op: BitwiseXor.name, inputs: [whole([2]), whole([3])]), Fault(op: BitwiseNot.name, inputs: [matrix]),
      Fault(op: BitShift.name, inputs: [whole([2]), whole([2])], attributes: ["direction": .string("LEFT")]),
      Fault(op: BitShift.name, inputs: [bytes([2]), bytes([2])], attributes: ["direction": .string("UP")]),
      Fault(op: Determinant.name, inputs: [matrix]),
    ]

  private static let norms: [Fault] = [
    Fault(op: RMSNormalization.name, inputs: [matrix, TensorType([2])]),
    Fault(op: SimplifiedLayerNormalization.name, inputs: [matrix]),
    Fault(op: SkipSimplifiedLayerNormalization.name, inputs: [matrix, matrix]),
    Fault(op: MeanVarianceNormalization.name, inputs: [matrix]),
    Fault(op: LpNormalization.name, inputs: [matrix], attributes: ["p": .int(3)]),
    Fault(op: LpPool.name, inputs: [image]),
    Fault(op: LpPool.name, inputs: [image], attributes: ["kernel_shape": .ints([2, 2]), "p": .int(0)]),
    Fault(op: GlobalLpPool.name, inputs: [matrix]),
    Fault(op: GlobalLpPool.name, inputs: [image], attributes: ["p": .int(0)]),
    Fault(op: Hardmax.name, inputs: [matrix], attributes: ["axis": .int(2)]),
    Fault(op: NegativeLogLikelihoodLoss.name, inputs: [matrix, whole([3])]),
    Fault(op: NegativeLogLikelihoodLoss.name, inputs: [matrix, whole([2])], attributes: ["reduction": .string("all")]),
    Fault(op: SoftmaxCrossEntropyLoss.name, inputs: [matrix, whole([2]), TensorType([2])]),
  ]

  private static let pictures: [Fault] = [
    Fault(op: DepthToSpace.name, inputs: [image], attributes: ["blocksize": .int(2)]),
    Fault(op: DepthToSpace.name, inputs: [image], attributes: ["blocksize": .int(1), "mode": .string("RCD")]),
    Fault(op: DepthToSpace.name, inputs: [image]),
    Fault(op: SpaceToDepth.name, inputs: [image], attributes: ["blocksize": .int(3)]),
    Fault(op: SpaceToDepth.name, inputs: [image], attributes: ["blocksize": .int(.max)]),
    Fault(op: GridSample.name, inputs: [image, matrix]),
    Fault(op: GridSample.name, inputs: [image, TensorType([1, 2, 2, 2])], attributes: ["mode": .string("area")]),
    Fault(op: AffineGrid.name, inputs: [matrix, whole([4])]), Fault(op: Col2Im.name, inputs: [matrix]),
    Fault(
      op: Col2Im.name, inputs: [TensorType([1, 4, 5])],
      attributes: ["image_shape": .ints([3, 3]), "block_shape": .ints([2, 2])]),
    Fault(op: CenterCropPad.name, inputs: [image, whole([4])]),
    Fault(op: CenterCropPad.name, inputs: [image], attributes: ["shape": .ints([1])]),
  ]

  private static let recurrences: [Fault] = [
    Fault(op: RNN.name, inputs: [TensorType([4, 2, 3]), TensorType([1, 5, 3]), TensorType([1, 5, 4])]),
    Fault(op: GRU.name, inputs: [TensorType([4, 2, 3]), TensorType([1, 12, 2]), TensorType([1, 12, 4])]),
    Fault(
      op: GRU.name, inputs: [TensorType([4, 2, 3]), TensorType([1, 12, 3]), TensorType([1, 12, 4])],
      attributes: ["activations": .strings(["Tanh"])]),
    Fault(
      op: LSTM.name, inputs: [TensorType([4, 2, 3]), TensorType([1, 16, 3]), TensorType([1, 16, 4])],
      attributes: ["direction": .string("sideways")]),
    Fault(
      op: LSTM.name,
      inputs: [TensorType([4, 2, 3]), TensorType([1, 16, 3]), TensorType([1, 16, 4]), TensorType([1, 16])]),
    Fault(op: RotaryEmbedding.name, inputs: [matrix, matrix, matrix]),
    Fault(
      op: RotaryEmbedding.name, inputs: [TensorType([2, 3, 8]), matrix, matrix], attributes: ["num_heads": .int(3)]),
    Fault(op: MicrosoftRotaryEmbedding.name, inputs: [matrix, whole([1]), matrix, matrix]),
  ]

  private static let scale: [TensorType?] = [TensorType([]), bytes([])]

  private static func scaled(_ shape: Shape) -> [TensorType?] { [bytes(shape)] + scale }

  private static let quantized: [Fault] = [
    Fault(op: QuantizeLinear.name, inputs: [matrix, TensorType([2])]),
    Fault(op: QuantizeLinear.name, inputs: [TensorType([2], .float64), TensorType([])]),
    Fault(op: QuantizeLinear.name, inputs: [matrix, TensorType([]), whole([])]),
    Fault(op: DequantizeLinear.name, inputs: [matrix, TensorType([])]),
    Fault(op: DequantizeLinear.name, inputs: [bytes([2]), TensorType([]), TensorType([], .int8)]),
    Fault(
      op: DequantizeLinear.name, inputs: [bytes([4, 2]), TensorType([3, 2])],
      attributes: ["axis": .int(0), "block_size": .int(2)]),
    Fault(op: MatMulNBits.name, inputs: [TensorType([2, 20]), bytes([2, 2, 8]), TensorType([2, 2])]),
    Fault(
      op: MatMulNBits.name, inputs: [TensorType([2, 20]), bytes([2, 2, 8]), TensorType([2, 3])],
      attributes: ["K": .int(20), "N": .int(2), "block_size": .int(16)]),
    Fault(
      op: MatMulNBits.name, inputs: [TensorType([2, 20]), bytes([2, 2, 8]), TensorType([2, 2])],
      attributes: ["K": .int(20), "N": .int(2), "block_size": .int(1 << 62)]),
    Fault(op: QLinearConv.name, inputs: [bytes([1, 3, 4, 4])]),
    Fault(op: ConvInteger.name, inputs: [bytes([1, 3, 4, 4]), bytes([2, 4, 1, 1])]),
    Fault(op: QLinearMatMul.name, inputs: [bytes([2, 3]), TensorType([]), bytes([]), bytes([2, 3])]),
    Fault(op: MatMulInteger.name, inputs: [bytes([2, 3]), bytes([2, 3])]),
    Fault(op: DynamicQuantizeLinear.name, inputs: [whole([2])]),
    Fault(op: QGemm.name, inputs: scaled([2, 3]) + scaled([2, 3])),
    Fault(op: QLinearAdd.name, inputs: scaled([2, 3]) + scaled([2]) + scale),
    Fault(op: QLinearMul.name, inputs: scaled([2, 3]) + scaled([3])),
    Fault(op: QLinearConcat.name, inputs: scale + scaled([2, 3]) + scaled([3, 4]), attributes: ["axis": .int(1)]),
    Fault(op: QLinearWhere.name, inputs: scaled([2, 3]) + scaled([2, 3]) + scale),
    Fault(op: QLinearSoftmax.name, inputs: scaled([2, 3]) + scale, attributes: ["axis": .int(2)]),
    Fault(op: QLinearSigmoid.name, inputs: [matrix] + scale + scale),
    Fault(op: QLinearLeakyRelu.name, inputs: scaled([2, 3]) + scale, attributes: ["alpha": .int(1)]),
    Fault(op: QLinearGlobalAveragePool.name, inputs: scaled([2]) + scale, attributes: ["channels_last": .int(1)]),
    Fault(op: QLinearAveragePool.name, inputs: scaled([2, 3, 4, 4]) + scale),
  ]

  private static let parts: [Fault] = [
    Fault(op: RoiAlign.name, inputs: [TensorType([2, 3, 5, 6]), TensorType([3, 5]), whole([3])]),
    Fault(
      op: RoiAlign.name, inputs: [TensorType([2, 3, 5, 6]), TensorType([3, 4]), whole([3])],
      attributes: ["mode": .string("mean")]),
    Fault(op: RoiAlign.name, inputs: [TensorType([0, 3, 5, 6]), TensorType([3, 4]), whole([3])]),
    Fault(op: MaxRoiPool.name, inputs: [TensorType([2, 3, 5, 6]), TensorType([3, 5])]),
    Fault(
      op: MaxRoiPool.name, inputs: [TensorType([0, 3, 5, 6]), TensorType([3, 5])],
      attributes: ["pooled_shape": .ints([2, 2])]),
    Fault(
      op: MaxRoiPool.name, inputs: [TensorType([2, 3, 5, 6]), TensorType([3, 4])],
      attributes: ["pooled_shape": .ints([2, 2])]),
    Fault(op: EyeLike.name, inputs: [TensorType([2])]),
    Fault(op: EyeLike.name, inputs: [matrix], attributes: ["dtype": .int(8)]),
    Fault(op: ReverseSequence.name, inputs: [matrix, whole([2])]),
    Fault(op: ReverseSequence.name, inputs: [matrix, whole([3])], attributes: ["time_axis": .int(2)]),
    Fault(op: HannWindow.name, inputs: [whole([])]), Fault(op: HammingWindow.name, inputs: [whole([])]),
    Fault(op: BlackmanWindow.name, inputs: []), Fault(op: Unique.name, inputs: [matrix]),
    Fault(op: NonMaxSuppression.name, inputs: [TensorType([1, 2, 4]), TensorType([1, 1, 2])]),
    Fault(op: Compress.name, inputs: [matrix, TensorType([2], .bool)]),
    Fault(op: Scatter.name, inputs: [matrix, whole([2, 3]), TensorType([1])], opset: 10),
    Fault(op: FusedMatMul.name, inputs: [matrix, matrix]),
    Fault(op: FusedMatMul.name, inputs: [matrix, TensorType([3, 2])], attributes: ["transBatchA": .int(1)]),
    Fault(op: MicrosoftFusedConv.name, inputs: [image, TensorType([2, 4, 1, 1])]),
    Fault(
      op: MicrosoftFusedConv.name, inputs: [image, TensorType([2, 3, 1, 1])],
      attributes: ["activation": .string("Gelu")]),
  ]
}
