import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Cumulative sums along one axis: `Y[.., i, ..] = sum over j <= i of X[.., j, ..]`; over `j < i` if the attribute
/// `exclusive` is set, from the end if `reverse` is.
///
/// The axis is the second input, one whole number that must be known before the network runs. Whole numbers wrap
/// around.
/// around.
package struct CumSum: DifferentiableOperator {
  /// `CumSum`.
  package static let name: OperatorName = "CumSum"

  /// The axis.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The type of the input.
  package let input: TensorType
  /// The axis of summation.
  package let axis: Int
  /// Whether a sum excludes the element at its own position.
  package let isExclusive: Bool
  /// Whether sums start at the end.
  package let isReversed: Bool

  /// Reads the axis, `exclusive` and `reverse`.
  package init(_ call: Invocation) throws(EspalierError) {
    guard let axis = try call.ints("axis", orInput: 1), axis.count == 1 else {
      throw call.error("does not say along which axis it sums")
    }
    self.axis = try call.axis(axis[0], ofInput: 0)
    isExclusive = try call.flag("exclusive")
    isReversed = try call.flag("reverse")
    input = try call.numericInput(0)
  }

  /// The input's type.
  package var outputs: [TensorType] { [input] }

  /// Every axis is tied to the same axis of the output, except for the axis of summation, which is frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: input.shape.rank, except: [axis])
    rule.freeze(axis, "sums along it")
    return rule
  }

  /// The cumulative sums of the gradient from the opposite end.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let gradient = gradients.add(
      Self.name, [gradients.outputGradient],
      [
        "axis": .ints([Int64(axis)]), "exclusive": .int(isExclusive ? 1 : 0), "reverse": .int(isReversed ? 0 : 1),
      ])
    gradients.set(gradient, forInput: 0)
  }
}
