import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The upper triangle of the matrices of the last two axes, or the lower if the attribute `upper` is 0, zeros
/// elsewhere: the elements with `j >= i + k`, or `j <= i + k`, in row `i` and column `j`.
///
/// `k` is the optional second input (0 by default), one whole number that must be known before the network runs.
package struct Trilu: DifferentiableOperator {
  /// `Trilu`.
  package static let name: OperatorName = "Trilu"

  /// The diagonal.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The input's type.
  package let outputs: [TensorType]
  /// The diagonal that bounds the triangle: above the main one if positive.
  package let diagonal: Int
  /// Whether the upper triangle is kept.
  package let isUpper: Bool

  /// Reads `k` and `upper`.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    let diagonal = try call.ints("k", orInput: 1) ?? [0]
    guard diagonal.count == 1 else { throw call.error("takes one number of a diagonal, not \(diagonal.count)") }
    self.diagonal = diagonal[0]
    isUpper = try call.flag("upper", default: true)
    guard input.shape.rank >= 2 else { throw call.error("takes matrices, not \(input.shape)") }
    _ = try call.elementWidth()
    outputs = [input]
  }

  /// Every axis is tied to the same axis of the output, except for rows and columns, which are frozen.
  package var axes: AxisRule? {
    let rank = outputs[0].shape.rank
    var rule = AxisRule.identity(rank: rank, except: [rank - 2, rank - 1])
    for axis in rank - 2..<rank { rule.freeze(axis, "takes a triangle of it") }
    return rule
  }

  /// The same triangle of the gradient.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let inputs = [gradients.outputGradient] + gradients.node.node.inputs.dropFirst()
    gradients.set(gradients.add(Self.name, inputs, gradients.attributes), forInput: 0)
  }
}
