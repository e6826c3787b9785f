import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input resized by interpolation: `Y[.., p, ..] = sum over t of w[p, t] X[.., x[p, t], ..]`, axis by axis.
///
/// Attributes: `mode` (`nearest`, `linear`, `cubic`) is the filter, with `nearest_mode`, `cubic_coeff_a` and
/// `exclude_outside`; `coordinate_transformation_mode` aligns the axes; from operator set 18 `axes` and
/// `keep_aspect_ratio_policy`; `antialias` stretches the filter along axes that shrink. Scales or sizes are inputs that
/// must be known before the network runs.
package struct Resize: DifferentiableOperator {
  /// `Resize`.
  package static let name: OperatorName = "Resize"

  /// The region (before operator set 11, the scales), the scales and the sizes.
  package static var inputsKnownBeforehand: [Int] { [1, 2, 3] }

  /// The value outside of the input.
  package let constant: Float
  private let request: ResizeRequest

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    request = try ResizeRequest(call)
    constant = try call.float("extrapolation_value", default: 0)
  }

  /// The interpolation along each axis.
  package var taps: [AxisTaps] { request.taps }

  /// The requested sizes, or those computed from the scales, rounded down.
  package var outputs: [TensorType] { [TensorType(Shape(request.axes.map(\.count)))] }

  /// Axes that are not resized are tied to those of the output, the others frozen.
  package var axes: AxisRule? {
    let resized = Set(taps.indices.filter { !taps[$0].isIdentity })
    var rule = AxisRule.identity(rank: taps.count, except: resized)
    for axis in resized.sorted() { rule.freeze(axis, "resizes it") }
    return rule
  }

  /// Adapts stated sizes.
  package func resize(_ resizing: inout NodeResizing) {
    let expected = resizing.shape(ofOutput: 0)
    if let now = try? Self(resizing.now), now.outputs[0].shape == expected { return }
    guard let (sizes, isComputed) = resizing.stated("sizes", orInput: 3) else { return }
    let dense = outputs[0].shape
    let left = zip(request.named, sizes).map { axis, size in dense[axis] == expected[axis] ? size : expected[axis] }
    resizing.set(left, leaving: isComputed, "sizes", orInput: 3)
  }

  /// Each gradient is distributed over the taps of its element, by ``ResizeDerivative``.
  package func differentiate(_ gradients: inout GradientBuilder) {
    gradients.set(
      gradients.add(ResizeDerivative.name, [gradients.outputGradient], ResizeDerivative.attributes(taps)), forInput: 0)
  }
}

/// The predecessor of ``Resize`` up to operator set 9: `nearest` or `linear`, by scales.
package struct Upsample: DifferentiableOperator {
  /// `Upsample`.
  package static let name: OperatorName = "Upsample"

  /// The scales.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The equivalent resize.
  package let modern: Resize

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) { modern = try Resize(call) }

  /// As ``Resize``.
  package var outputs: [TensorType] { modern.outputs }

  /// As ``Resize``.
  package var axes: AxisRule? { modern.axes }

  /// As ``Resize``.
  package func differentiate(_ gradients: inout GradientBuilder) { modern.differentiate(&gradients) }
}
