import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The maximum of each channel of each sample: `N x C x spatial` becomes `N x C x 1 x ..`.
package struct GlobalMaxPool: GlobalPooling {
  /// `GlobalMaxPool`.
  package static let name: OperatorName = "GlobalMaxPool"

  /// The shape of the input.
  package let source: Shape

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) { source = try call.globallyPooledShape() }

  /// `dY` goes to the maximum, by ``MaxPoolDerivative`` with a single window.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(
      gradients.add(
        MaxPoolDerivative.name, [gradients.outputGradient, gradients.input(0)],
        ["kernel_shape": .ints(source.dropFirst(2).map(Int64.init))]), forInput: 0)
  }
}
