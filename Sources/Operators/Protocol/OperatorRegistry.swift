import Graph

/// The operators the project knows, by name: one line each.
public enum OperatorRegistry {
  /// Operators of the ONNX standard.
  public static let standard: [any Operator.Type] = [
    Gemm.self, MatMul.self,
    Add.self, Subtract.self, Multiply.self, Divide.self,
    Relu.self, Sigmoid.self, Tanh.self, Negate.self,
    Softmax.self, LogSoftmax.self,
    Identity.self, Dropout.self, Flatten.self, Reshape.self, Transpose.self, Constant.self,
    ReduceSum.self, ReduceMean.self,
    Conv.self, ConvTranspose.self,
    BatchNormalization.self, InstanceNormalization.self, GroupNormalization.self, LRN.self,
    MaxPool.self, AveragePool.self, GlobalAveragePool.self, GlobalMaxPool.self,
  ]

  /// Operators of the project's own, for derivatives, losses and statistics. They never stand in a file.
  public static let own: [any Operator.Type] = [
    UnaryDerivative<Relu>.self, UnaryDerivative<Sigmoid>.self, UnaryDerivative<Tanh>.self,
    UnaryDerivative<Negate>.self,
    SoftmaxDerivative.self, LogSoftmaxDerivative.self,
    SoftmaxCrossEntropy.self, SoftmaxCrossEntropyDerivative.self,
    BatchedProduct.self, Scale.self, SumToShape.self, BroadcastToShape.self, View.self,
    ConvolutionDataGradient.self, ConvolutionWeightGradient.self,
    BatchNormalizationDataGradient.self, BatchNormalizationScaleGradient.self,
    MaxPoolDerivative.self, AveragePoolDerivative.self,
    GroupedNormalizationDataGradient.self, GroupedNormalizationScaleGradient.self, LRNDerivative.self,
  ]

  private static let byName: [OperatorName: any Operator.Type] = Dictionary(
    uniqueKeysWithValues: (standard + own).map { ($0.name, $0) })

  /// The operator called `name`, if the project knows it.
  public static func find(_ name: OperatorName) -> (any Operator.Type)? { byName[name] }
}
