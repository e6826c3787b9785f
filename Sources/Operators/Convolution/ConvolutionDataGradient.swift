import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The gradient of a convolution's input: `dX[n, c, i] = sum over o, p, t of W[o, c, t] dY[n, o, p]` where tap `t` of
/// window `p` lies on `i`.
///
/// The inputs are `dY` and `W`; the attributes are those of the convolution, and `shape`, the shape of X.
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

  /// The shape of X.
  package var outputs: [TensorType] { [TensorType(geometry.sourceShape)] }

  /// The cost of the convolution.
  package var cost: Cost { Cost(macs: geometry.macs) }
}
