import Graph
import Tensors

/// The input with other sizes, each element made of those that lie around its place in the input:
/// `Y[.., p, ..] = sum over t of w[p, t] X[.., x[p, t], ..]`, axis by axis.
///
/// Attributes: `mode` (`nearest`, `linear`, `cubic`) is the filter, with `nearest_mode`, `cubic_coeff_a` and `exclude_outside`;
/// `coordinate_transformation_mode` says where places lie; from operator set 18 `axes` and `keep_aspect_ratio_policy`. Scales or
/// sizes are inputs that must be known before the network runs. `antialias` is refused.
public enum Resize: Operator {
  /// `Resize`.
  public static let name: OperatorName = "Resize"

  /// The sizes that are asked for, or rounded down from the scales.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(Shape(try ResizeRequest(invocation).axes.map(\.count)))]
  }

  /// Axes that stay as they are go with themselves, others stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let taps = try ResizeRequest(invocation).taps
    let resized = Set(taps.indices.filter { !taps[$0].isIdentity })
    var rule = AxisRule.identity(rank: taps.count, except: resized)
    for axis in resized.sorted() { rule.freeze(axis, "resizes it") }
    return rule
  }

  /// Sizes that are written out follow.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let expected = resizing.shape(ofOutput: 0)
    if let shape = try? infer(resizing.now).first?.shape, shape == expected { return }
    guard let sizes = try resizing.fixed("sizes", orInput: 3) else { return }
    let axes = try resizing.before.axes(try resizing.before.ints("axes") ?? Array(expected.indices))
    let dense = resizing.before.outputs[0].shape
    let left = zip(axes, sizes).map { axis, size in dense[axis] == expected[axis] ? size : expected[axis] }
    resizing.set(left, "sizes", orInput: 3)
  }

  /// Row by row.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let interpolation = Interpolation(try ResizeRequest(invocation).taps)
    let constant = try invocation.float("extrapolation_value", default: 0)
    return FunctionKernel { operands in
      interpolation.apply(
        operands.inputs[0]!.floats.baseAddress!, to: operands.outputs[0].floats.baseAddress!, constant: constant)
    }
  }

  /// Each gradient shared among the elements that its place was made of, by ``ResizeDerivative``.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let taps = try ResizeRequest(gradients.invocation).taps
    gradients.set(
      gradients.add(ResizeDerivative.name, [gradients.outputGradient], ResizeDerivative.attributes(taps)), forInput: 0)
  }
}

/// ``Resize`` as it was called up to operator set 9: `nearest` or `linear`, by scales.
public enum Upsample: Operator {
  /// `Upsample`.
  public static let name: OperatorName = "Upsample"

  /// As ``Resize``.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { try Resize.infer(invocation) }

  /// As ``Resize``.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { try Resize.axes(invocation) }

  /// As ``Resize``.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel { try Resize.kernel(invocation) }

  /// As ``Resize``.
  public static func differentiate(_ gradients: inout GradientBuilder) throws { try Resize.differentiate(&gradients) }
}
