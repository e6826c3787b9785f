import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A convolution with its outputs clamped: `Y = min(max(conv(X, W, B), least), greatest)`.
///
/// Inputs and attributes are those of ``Conv``, with `least` and `greatest` (infinite by default). It replaces a
/// convolution and the nodes after it in networks that are only run: a normalisation by stored statistics is folded
/// into W and B, and a rectifier needs no separate pass over memory.
package struct FusedConvolution: Operator {
  /// `espalier::FusedConvolution`.
  package static let name: OperatorName = .own("FusedConvolution")

  /// The convolution alone.
  package let convolution: Conv
  /// The bounds of its outputs.
  package let bounds: Bounds

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    convolution = try Conv(call)
    bounds = Bounds(
      least: try call.float("least", default: -.infinity), greatest: try call.float("greatest", default: .infinity))
  }

  /// `convolution` with its outputs clamped to `bounds`.
  init(_ convolution: Conv, _ bounds: Bounds) {
    (self.convolution, self.bounds) = (convolution, bounds)
  }

  /// The convolution's output.
  package var outputs: [TensorType] { convolution.outputs }

  /// The convolution's cost.
  package var cost: Cost { convolution.cost }
}
