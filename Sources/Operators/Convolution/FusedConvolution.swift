import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A convolution whose outputs are held between two bounds: `Y = min(max(conv(X, W, B), least), greatest)`.
///
/// Inputs and attributes are those of ``Conv``, with `least` and `greatest` (infinite where left out). Made where a
/// network is only run, of a convolution and what follows it: normalisation by stored statistics is worked into W and
/// B, and a rectifier costs no pass over memory of its own.
package struct FusedConvolution: Operator {
  /// `espalier::FusedConvolution`.
  package static let name: OperatorName = .own("FusedConvolution")

  /// The convolution alone.
  package let convolution: Conv
  /// The numbers that its outputs are held between.
  package let bounds: Bounds

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    convolution = try Conv(call)
    bounds = Bounds(
      least: try call.float("least", default: -.infinity), greatest: try call.float("greatest", default: .infinity))
  }

  /// `convolution`, with its outputs held between `bounds`.
  init(_ convolution: Conv, _ bounds: Bounds) {
    (self.convolution, self.bounds) = (convolution, bounds)
  }

  /// As of a convolution.
  package var outputs: [TensorType] { convolution.outputs }

  /// As of a convolution.
  package var cost: Cost { convolution.cost }
}
