import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The gradient of a convolution's input: `dX[n, c, i] = sum over o, p, t of W[o, c, t] dY[n, o, p]` where tap `t` of
/// window `p` lies on `i`.
///
/// From `dY` and `W`; the attributes are the convolution's, and `shape` that of X.
package struct ConvolutionDataGradient: Operator {
  /// `espalier::ConvolutionDataGradient`.
  package static let name: OperatorName = .own("ConvolutionDataGradient")

  /// The sizes of the convolution.
  package let geometry: ConvolutionGeometry

  /// Parses a node; `dY` must be of the convolution's shape.
  package init(_ call: Invocation) throws(EspalierError) {
    let gradient = try call.floatInput(0).shape
    geometry = try ConvolutionGeometry(
      call, source: try call.statedShape(), weights: try call.floatInput(1).shape)
    try geometry.check(gradient, of: call)
  }

  /// The stated shape.
  package var outputs: [TensorType] { [TensorType(geometry.sourceShape)] }

  /// As many as the convolution's own.
  package var cost: Cost { Cost(macs: geometry.macs) }
}
