import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The largest number of each window: `Y[n, c, p] = max over t of X[n, c, p stride - pad + t dilation]`, padding left
/// out.
///
/// The second output, where it is asked for, says where each lies: its number among all elements of X, the first of
/// several equals; with `storage_order` 1 the last two axes are counted the other way round.
package struct MaxPool: Pooling {
  /// `MaxPool`.
  package static let name: OperatorName = "MaxPool"

  /// The sizes.
  package let geometry: PoolingGeometry
  /// Whether the positions are asked for too.
  package let givesPositions: Bool
  /// Whether positions count the last two axes the other way round.
  package let isColumnMajor: Bool

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    geometry = try PoolingGeometry(call, over: try call.floatInput(0).shape)
    givesPositions = call.node.outputs.count > 1
    isColumnMajor = givesPositions ? try call.flag("storage_order") : false
  }

  /// The batch, the channels and the windows, for the numbers and for their positions.
  package var outputs: [TensorType] {
    let numbers = TensorType(geometry.result)
    return givesPositions ? [numbers, TensorType(geometry.result, .int64)] : [numbers]
  }

  /// `dY` goes to the largest number of the window, by ``MaxPoolDerivative``.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(
      gradients.add(
        MaxPoolDerivative.name, [gradients.outputGradient, gradients.input(0)], gradients.attributes), forInput: 0)
  }
}

/// The gradient of what is pooled: each `dY` is added where the largest number of its window lies, the first of
/// several.
///
/// From `dY` and `X`; the attributes are those of ``MaxPool``.
package struct MaxPoolDerivative: Operator {
  /// `espalier::MaxPoolDerivative`.
  package static let name: OperatorName = .own("MaxPoolDerivative")

  /// The sizes of the pool.
  package let geometry: PoolingGeometry

  /// Parses a node; `dY` must be of the pool's shape.
  package init(_ call: Invocation) throws(EspalierError) {
    let (gradient, source) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    geometry = try PoolingGeometry(call, over: source)
    try geometry.check(gradient, of: call)
  }

  /// The type of `X`.
  package var outputs: [TensorType] { [TensorType(geometry.source)] }
}
