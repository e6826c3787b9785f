/// The operators of the project: one line each.
extension OperatorRegistry {
  /// Operators of the ONNX standard, and those that ONNX Runtime substitutes for them.
  package static let standard: [any Operator.Type] =
    unary + combinations + questions + parts + selections + quantization + linear + layers + reductions + composites

  /// Functions of one number, each with its derivative.
  private static let unary: [any UnaryOperator.Type] = [
    Relu.self, LeakyRelu.self, ThresholdedRelu.self, Elu.self, Celu.self, Selu.self, Gelu.self, Mish.self,
    Sigmoid.self, HardSigmoid.self, HardSwish.self, Tanh.self, Softplus.self, Softsign.self,
    Negate.self, Absolute.self, Reciprocal.self, SquareRoot.self, Exponential.self, Logarithm.self, ErrorFunction.self,
    Sine.self, Cosine.self, Tangent.self, ArcSine.self, ArcCosine.self, ArcTangent.self,
    HyperbolicSine.self, HyperbolicCosine.self, ArcHyperbolicSine.self, ArcHyperbolicCosine.self,
    ArcHyperbolicTangent.self, Floor.self, Ceiling.self, Round.self, Signum.self, Swish.self, Shrink.self,
  ]

  /// Functions of several operands.
  private static let combinations: [any Operator.Type] = [
    Add.self, Subtract.self, Multiply.self, Divide.self, Modulo.self, Power.self, PRelu.self, Clip.self,
    Sum.self, Maximum.self, Minimum.self,
  ]

  /// Comparisons and logic.
  private static let questions: [any Operator.Type] = [
    Equal.self, Less.self, LessOrEqual.self, Greater.self, GreaterOrEqual.self, IsNaN.self, IsInfinite.self,
    And.self, Or.self, Xor.self, Not.self, Where.self,
    BitwiseAnd.self, BitwiseOr.self, BitwiseXor.self, BitwiseNot.self, BitShift.self,
  ]

  /// Operators that move elements, and those of shape arithmetic.
  private static let parts: [any Operator.Type] = [
    Identity.self, Dropout.self, Flatten.self, Reshape.self, Squeeze.self, Unsqueeze.self, Transpose.self,
    Concat.self, Split.self, Slice.self, Pad.self, Expand.self, Tile.self, Gather.self, Trilu.self,
    Constant.self, ShapeOf.self, SizeOf.self, ConstantOfShape.self, NumberRange.self, Cast.self, CastLike.self,
    EyeLike.self, ReverseSequence.self, HannWindow.self, HammingWindow.self, BlackmanWindow.self,
  ]

  /// Selection of elements by index.
  private static let selections: [any Operator.Type] = [
    GatherElements.self, GatherND.self, ScatterElements.self, ScatterND.self,
    TopK.self, ArgMax.self, ArgMin.self, OneHot.self, NonZero.self, Unique.self, NonMaxSuppression.self,
  ]

  /// Numbers as multiples of a scale.
  private static let quantization: [any Operator.Type] = [
    QuantizeLinear.self, DequantizeLinear.self, MatMulNBits.self,
  ]

  /// Products of matrices.
  private static let linear: [any Operator.Type] = [Gemm.self, MatMul.self, Einsum.self, Determinant.self]

  /// Convolutions, pools, normalisations and other layers on feature maps.
  private static let layers: [any Operator.Type] = [
    Conv.self, ConvTranspose.self, MaxPool.self, AveragePool.self, GlobalAveragePool.self, GlobalMaxPool.self,
    BatchNormalization.self, InstanceNormalization.self, GroupNormalization.self, LRN.self, LayerNormalization.self,
    Softmax.self, LogSoftmax.self, Resize.self, Upsample.self, GridSample.self, Col2Im.self, RNN.self, GRU.self,
    LSTM.self, RoiAlign.self, MaxRoiPool.self,
  ]

  /// Sums, products and extrema over axes.
  private static let reductions: [any Operator.Type] = [
    ReduceSum.self, ReduceMean.self, ReduceMax.self, ReduceMin.self, ReduceProd.self, ReduceL1.self, ReduceL2.self,
    ReduceSumSquare.self, ReduceLogSum.self, ReduceLogSumExp.self, CumSum.self,
  ]

  /// Operators defined in terms of others.
  private static let composites: [any CompositeOperator.Type] = [
    Attention.self, PackedAttention.self, MultiHeadAttention.self, SkipLayerNormalization.self,
    EmbedLayerNormalization.self, BiasGelu.self, MicrosoftGelu.self, FastGelu.self, QuickGelu.self,
    RMSNormalization.self, SimplifiedLayerNormalization.self, SkipSimplifiedLayerNormalization.self,
    MeanVarianceNormalization.self, LpNormalization.self, LpPool.self, GlobalLpPool.self, Mean.self, Hardmax.self,
    QLinearConv.self, ConvInteger.self, QLinearMatMul.self, MatMulInteger.self, DynamicQuantizeLinear.self,
    QGemm.self, QLinearAdd.self, QLinearMul.self, QLinearConcat.self, QLinearWhere.self, QLinearSoftmax.self,
    QLinearSigmoid.self, QLinearLeakyRelu.self, QLinearGlobalAveragePool.self, QLinearAveragePool.self,
    GroupQueryAttention.self, DFT.self, STFT.self, RotaryEmbedding.self, MicrosoftRotaryEmbedding.self,
    FusedMatMul.self, MicrosoftFusedConv.self,
    Compress.self, CenterCropPad.self, Scatter.self, AffineGrid.self,
    DepthToSpace.self, SpaceToDepth.self, NegativeLogLikelihoodLoss.self, SoftmaxCrossEntropyLoss.self,
  ]

  /// Operators defined by this project, for derivatives, losses and statistics. They never appear in a file.
  package static let own: [any Operator.Type] =
    unary.map { $0.derivativeOperator } + fusing + sums + derivatives + [StatedOperator.self]

  /// Operators that make one node of two.
  package static let absorbing: [any FusingOperator.Type] = [Conv.self] + fusing

  /// Operators that exist only in place of several nodes.
  private static let fusing: [any FusingOperator.Type] = [FusedConvolution.self, FusedProduct.self]

  /// Losses, statistics and their building blocks.
  private static let sums: [any Operator.Type] = [
    SoftmaxCrossEntropy.self, BatchedProduct.self, Scale.self, SumToShape.self, BroadcastToShape.self, View.self,
    Unfold.self, SquaredNorm.self, UnitInteraction.self, AttentionSoftmax.self, GateRecurrence.self,
  ]

  /// Derivatives of operators with more than one input or setting.
  private static let derivatives: [any Operator.Type] = [
    SoftmaxDerivative.self, LogSoftmaxDerivative.self, SoftmaxCrossEntropyDerivative.self,
    LayerNormalizationDataGradient.self, LayerNormalizationScaleGradient.self,
    ConvolutionDataGradient.self, ConvolutionWeightGradient.self,
    BatchNormalizationDataGradient.self, BatchNormalizationScaleGradient.self,
    BatchNormalizationTrainingGradient.self,
    MaxPoolDerivative.self, AveragePoolDerivative.self,
    GroupedNormalizationDataGradient.self, GroupedNormalizationScaleGradient.self, LRNDerivative.self,
    SliceDerivative.self, PadDerivative.self, GatherDerivative.self, ResizeDerivative.self,
    ClipDerivative.self, PReluDerivative.self, PowerDerivative.self, ExtremumDerivative.self,
    ReducedExtremumDerivative.self, GatherElementsDerivative.self, GatherNDDerivative.self, ReduceProdDerivative.self,
  ]
}
