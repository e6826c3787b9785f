import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The maximum of each window: `Y[n, c, p] = max over t of X[n, c, p stride - pad + t dilation]`, without the padding.
///
/// The optional second output gives the index of each maximum among all elements of X, of several equal ones the first;
/// with `storage_order` 1 the last two axes are exchanged in the count.
package struct MaxPool: Pooling {
  /// `MaxPool`.
  package static let name: OperatorName = "MaxPool"

  /// The sizes.
  package let geometry: PoolingGeometry
  /// The type of the numbers.
  package let elementType: ElementType
  /// Whether the output of indices is requested.
  package let givesPositions: Bool
  /// Whether indices count the last two axes in exchanged order.
  package let isColumnMajor: Bool

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let source = try call.input(0)
    guard [.float32, .int8, .uint8].contains(source.elementType) else {
      throw call.unsupported("pools numbers of \(source.elementType)", remedy: "float32, int8 and uint8 are supported")
    }
    elementType = source.elementType
    geometry = try PoolingGeometry(call, over: source.shape)
    givesPositions = call.node.outputs.count > 1
    isColumnMajor = givesPositions ? try call.flag("storage_order") : false
  }

  /// The shape of the result, for the maxima and for their indices.
  package var outputs: [TensorType] {
    let numbers = TensorType(geometry.result, elementType)
    return givesPositions ? [numbers, TensorType(geometry.result, .int64)] : [numbers]
  }

  /// `dY` goes to the maximum of its window, by ``MaxPoolDerivative``.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(
      gradients.add(
        MaxPoolDerivative.name, [gradients.outputGradient, gradients.input(0)], gradients.attributes), forInput: 0)
  }
}

/// The gradient of max pooling: each `dY` is added at the maximum of its window, the first of several equal ones.
///
/// The inputs are `dY` and `X`; the attributes are those of ``MaxPool``.
package struct MaxPoolDerivative: Operator {
  /// `espalier::MaxPoolDerivative`.
  package static let name: OperatorName = .own("MaxPoolDerivative")

  /// The sizes of the pool.
  package let geometry: PoolingGeometry

  /// Parses a node; `dY` must have the pool's shape.
  package init(_ call: Invocation) throws(EspalierError) {
    let (gradient, source) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    geometry = try PoolingGeometry(call, over: source)
    try geometry.check(gradient, of: call)
  }

  /// The type of `X`.
  package var outputs: [TensorType] { [TensorType(geometry.source)] }
}
