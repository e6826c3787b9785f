import EspalierFiles
import EspalierGraph
import EspalierTensors

/// `dX = r (g - (sum g + x' sum g x') / m)` for each row of `m` elements, with `g = dY scale`,
/// `r = 1 / sqrt(variance + epsilon)` and `x'` the normalised input; from `dY`, `X` and scale.
package struct LayerNormalizationDataGradient: Operator {
  /// `espalier::LayerNormalizationDataGradient`.
  package static let name: OperatorName = .own("LayerNormalizationDataGradient")

  /// The rows of `X`.
  package let rows: NormalizedRows

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) { rows = try NormalizedRows(call, input: 1) }

  /// The type of `X`.
  package var outputs: [TensorType] { [TensorType(rows.shape)] }
}

/// `dscale = sum over rows of dY x'`, with `x'` the normalised input; from `dY`, `X` and scale, whose shape it has.
package struct LayerNormalizationScaleGradient: Operator {
  /// `espalier::LayerNormalizationScaleGradient`.
  package static let name: OperatorName = .own("LayerNormalizationScaleGradient")

  /// The rows of `X`.
  package let rows: NormalizedRows
  private let scale: TensorType

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    rows = try NormalizedRows(call, input: 1)
    scale = try call.floatInput(2)
  }

  /// The type of scale.
  package var outputs: [TensorType] { [scale] }
}
