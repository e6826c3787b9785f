import Graph

/// The operators the project knows, by name: one line each.
public enum OperatorRegistry {
  /// Operators of the ONNX standard, and those that ONNX Runtime puts in their place.
  public static let standard: [any Operator.Type] =
    unary + combinations + parts + selections + composites + [
      Gemm.self, MatMul.self,
      Add.self, Subtract.self, Multiply.self, Divide.self,
      Softmax.self, LogSoftmax.self,
      Identity.self, Dropout.self, Flatten.self, Reshape.self, Transpose.self, Constant.self,
      ReduceSum.self, ReduceMean.self,
      Conv.self, ConvTranspose.self,
      BatchNormalization.self, InstanceNormalization.self, GroupNormalization.self, LRN.self,
      LayerNormalization.self,
      MaxPool.self, AveragePool.self, GlobalAveragePool.self, GlobalMaxPool.self,
      Resize.self, Upsample.self,
    ]

  /// Functions of one number, each with its derivative.
  private static let unary: [any UnaryOperator.Type] = [
    Relu.self, LeakyRelu.self, ThresholdedRelu.self, Elu.self, Celu.self, Selu.self, Gelu.self, Mish.self,
    Sigmoid.self, HardSigmoid.self, HardSwish.self, Tanh.self, Softplus.self, Softsign.self,
    Negate.self, Absolute.self, Reciprocal.self, SquareRoot.self, Exponential.self, Logarithm.self, ErrorFunction.self,
    Sine.self, Cosine.self, Floor.self, Ceiling.self, Round.self, Sign.self,
  ]

  /// Functions of several numbers, comparisons and logic.
  private static let combinations: [any Operator.Type] = [
    Sum.self, Maximum.self, Minimum.self, Power.self, PRelu.self, Clip.self, ReduceMax.self, ReduceMin.self,
    Equal.self, Less.self, LessOrEqual.self, Greater.self, GreaterOrEqual.self,
    And.self, Or.self, Xor.self, Not.self, Where.self,
  ]

  /// Parts of tensors put elsewhere, and what shapes are computed with.
  private static let parts: [any Operator.Type] = [
    Concat.self, Split.self, Slice.self, Pad.self, Expand.self, Tile.self, Gather.self, Squeeze.self, Unsqueeze.self,
    ShapeOf.self, ConstantOfShape.self, NumberRange.self, Cast.self,
  ]

  /// Operators that are functions of others.
  private static let composites: [any CompositeOperator.Type] = [
    Attention.self, PackedAttention.self, MultiHeadAttention.self, SkipLayerNormalization.self,
    EmbedLayerNormalization.self, BiasGelu.self, MicrosoftGelu.self, FastGelu.self, QuickGelu.self,
  ]

  /// Elements found by index, running sums, and questions of numbers.
  private static let selections: [any Operator.Type] = [
    Einsum.self, IsNaN.self, IsInfinite.self, CumSum.self, GatherElements.self, GatherND.self, ScatterElements.self,
    ScatterND.self,
    TopK.self, ArgMax.self, ArgMin.self, OneHot.self, NonZero.self, Trilu.self, Modulo.self, CastLike.self, SizeOf.self,
    ReduceL1.self, ReduceL2.self, ReduceSumSquare.self, ReduceLogSum.self, ReduceLogSumExp.self, ReduceProd.self,
  ]

  /// Operators of the project's own, for derivatives, losses and statistics. They never stand in a file.
  public static let own: [any Operator.Type] =
    unary.map { $0.derivativeOperator } + [
      SoftmaxDerivative.self, LogSoftmaxDerivative.self, AttentionSoftmax.self,
      LayerNormalizationDataGradient.self, LayerNormalizationScaleGradient.self,
      SoftmaxCrossEntropy.self, SoftmaxCrossEntropyDerivative.self,
      BatchedProduct.self, Scale.self, SumToShape.self, BroadcastToShape.self, View.self,
      Unfold.self, SquaredNorm.self, UnitInteraction.self,
      FusedConvolution.self, FusedProduct.self, ConvolutionDataGradient.self, ConvolutionWeightGradient.self,
      BatchNormalizationDataGradient.self, BatchNormalizationScaleGradient.self,
      BatchNormalizationTrainingGradient.self,
      MaxPoolDerivative.self, AveragePoolDerivative.self,
      GroupedNormalizationDataGradient.self, GroupedNormalizationScaleGradient.self, LRNDerivative.self,
      SliceDerivative.self, PadDerivative.self, GatherDerivative.self, ResizeDerivative.self,
      ClipDerivative.self, PReluDerivative.self, PowerDerivative.self, ExtremumDerivative.self,
      ReducedExtremumDerivative.self,
    ] + selectionDerivatives

  /// Derivatives of selections.
  private static let selectionDerivatives: [any Operator.Type] = [
    GatherElementsDerivative.self, GatherNDDerivative.self, ReduceProdDerivative.self,
  ]

  /// Operators that do the work of others and of what follows them.
  public static let fusing: [any FusingOperator.Type] = [FusedConvolution.self, FusedProduct.self]

  private static let byName: [OperatorName: any Operator.Type] = Dictionary(
    uniqueKeysWithValues: (standard + own).map { ($0.name, $0) })

  /// The operator called `name`, if the project knows it.
  public static func find(_ name: OperatorName) -> (any Operator.Type)? { byName[name] }
}
