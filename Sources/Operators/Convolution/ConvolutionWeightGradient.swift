import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The gradient of a convolution's weights: `dW[o, c, t] = sum over n, p of dY[n, o, p] X[n, c, i]` where tap `t` of
/// window `p` lies on `i`.
///
/// The inputs are `dY` and `X`; the attributes are those of the convolution, and `shape`, the shape of W.
package struct ConvolutionWeightGradient: Operator {
  /// `espalier::ConvolutionWeightGradient`.
  package static let name: OperatorName = .own("ConvolutionWeightGradient")

  /// The sizes of the convolution.
  package let geometry: ConvolutionGeometry

  /// Parses a node; `dY` must be of the convolution's shape.
  package init(_ call: Invocation) throws(EspalierError) {
    let gradient = try call.floatInput(0).shape
    geometry = try ConvolutionGeometry(
      call, source: try call.floatInput(1).shape, weights: try call.statedShape())
    try geometry.check(gradient, of: call)
  }

  /// The shape of W.
  package var outputs: [TensorType] { [TensorType(geometry.weightShape)] }

  /// The cost of the convolution.
  package var cost: Cost { Cost(macs: geometry.macs) }
}
