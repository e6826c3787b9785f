import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The gradient of the input of batch normalisation: `dX = dY scale / sqrt(variance + epsilon)`, from `dY`, scale and
/// variance.
package struct BatchNormalizationDataGradient: Operator {
  /// `espalier::BatchNormalizationDataGradient`.
  package static let name: OperatorName = .own("BatchNormalizationDataGradient")

  /// The type of `dY`.
  package let input: TensorType
  /// The epsilon added to the variance.
  package let epsilon: Float

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
    epsilon = try call.float("epsilon", default: 1e-5)
  }

  /// The type of `dY`.
  package var outputs: [TensorType] { [input] }
}

/// The gradient of batch normalisation's scale: `sum over n, p of dY (X - mean) / sqrt(variance + epsilon)`, from `dY`,
/// `X`, mean and variance.
package struct BatchNormalizationScaleGradient: Operator {
  /// `espalier::BatchNormalizationScaleGradient`.
  package static let name: OperatorName = .own("BatchNormalizationScaleGradient")

  /// The type of `dY`.
  package let input: TensorType
  /// The epsilon added to the variance.
  package let epsilon: Float
  private let mean: TensorType

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    mean = try call.floatInput(2)
    input = try call.input(0)
    epsilon = try call.float("epsilon", default: 1e-5)
  }

  /// One number per channel.
  package var outputs: [TensorType] { [mean] }
}

/// All gradients of batch normalisation in training mode, whose mean and variance depend on X too. With `r = 1 /
/// sqrt(variance + epsilon)`, `x' = r (X - mean)` and m elements of each channel in the batch:
///
///     dB     = sum of dY
///     dscale = sum of dY x'
///     dX     = scale r (dY - (dB + x' dscale) / m)
///
/// The inputs are `dY`, `X`, scale and, if they are known, the mean and variance of the batch; the outputs are `dX`,
/// `dscale` and `dB`.
///
/// Source: S. Ioffe and C. Szegedy, "Batch Normalization", ICML 2015, section 3.
package struct BatchNormalizationTrainingGradient: Operator {
  /// `espalier::BatchNormalizationTrainingGradient`.
  package static let name: OperatorName = .own("BatchNormalizationTrainingGradient")

  /// The type of `X`.
  package let input: TensorType
  /// The epsilon added to the variance.
  package let epsilon: Float
  /// Whether the mean and variance of the batch are inputs.
  package let knowsStatistics: Bool
  private let parameter: TensorType

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    parameter = try call.floatInput(2)
    input = try call.floatInput(1)
    epsilon = try call.float("epsilon", default: 1e-5)
    knowsStatistics = call.has(input: 3) && call.has(input: 4)
  }

  /// The types of `X`, scale and B.
  package var outputs: [TensorType] { [input, parameter, parameter] }
}
