import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The mean of each window: `Y[n, c, p] = 1/m[p] sum over t of X[n, c, p stride - pad + t dilation]`, with `m[p]` the
/// number of taps on the input, or, if `count_include_pad` is set, on the input or its padding.
package struct AveragePool: Pooling {
  /// `AveragePool`.
  package static let name: OperatorName = "AveragePool"

  /// The sizes.
  package let geometry: PoolingGeometry
  /// Whether the padding counts as part of a window.
  package let countsPadding: Bool

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    geometry = try PoolingGeometry(call, over: try call.floatInput(0).shape)
    countsPadding = try call.flag("count_include_pad")
  }

  /// `dY` is distributed over its window, by ``AveragePoolDerivative``.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(
      gradients.add(
        AveragePoolDerivative.name, [gradients.outputGradient], gradients.attributes.settingShape(geometry.source)),
      forInput: 0)
  }
}

/// The gradient of average pooling: each `dY[p] / m[p]` is added to all elements of its window.
///
/// The attributes are those of ``AveragePool``, and `shape`, the shape of `X`.
package struct AveragePoolDerivative: Operator {
  /// `espalier::AveragePoolDerivative`.
  package static let name: OperatorName = .own("AveragePoolDerivative")

  /// The sizes of the pool.
  package let geometry: PoolingGeometry
  /// Whether the padding counts as part of a window.
  package let countsPadding: Bool

  /// Parses a node; `dY` must have the pool's shape.
  package init(_ call: Invocation) throws(EspalierError) {
    let gradient = try call.floatInput(0).shape
    geometry = try PoolingGeometry(call, over: try call.statedShape())
    try geometry.check(gradient, of: call)
    countsPadding = try call.flag("count_include_pad")
  }

  /// The shape of `X`.
  package var outputs: [TensorType] { [TensorType(geometry.source)] }
}
