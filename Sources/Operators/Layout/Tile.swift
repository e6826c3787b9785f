import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input repeated as a whole along each axis, the number of times given by the second input.
package struct Tile: DifferentiableOperator {
  /// `Tile`.
  package static let name: OperatorName = "Tile"

  /// The numbers of repetitions.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// Each size times its number of repeats.
  package let outputs: [TensorType]
  /// The number of repeats along each axis.
  package let repeats: [Int]
  private let input: Shape

  /// Reads the repeats, one for each axis.
  package init(_ call: Invocation) throws(EspalierError) {
    let type = try call.input(0)
    let shape = type.shape
    guard let repeats = try call.ints("repeats", orInput: 1), repeats.count == shape.rank,
      Shape(checking: zip(repeats, shape).map { $0.multipliedReportingOverflow(by: $1) }.map { $1 ? -1 : $0 }) != nil
    else { throw call.error("cannot repeat \(shape) as it asks") }
    _ = try call.elementWidth()
    self.repeats = repeats
    input = shape
    outputs = [TensorType(Shape(zip(repeats, shape).map(*)), type.elementType)]
  }

  /// The output's shape with each axis split into repeats and the input's axis.
  package var split: Shape { Shape(zip(repeats, input).flatMap { [$0, $1] }) }

  /// Each element is tied to its repeats; the repeats of an axis of size 1 may each be removed.
  package var axes: AxisRule? {
    var rule = AxisRule()
    for axis in input.indices where input[axis] != 1 || repeats[axis] == 1 {
      rule.ties.append(
        AxisTie(
          PortAxis(.input(0), axis), PortAxis(.output(0), axis), repetitions: repeats[axis], period: input[axis]))
    }
    return rule
  }

  /// The axes whose elements are repeated as a whole: if the network computes how often, from sizes that would change
  /// with them, no element may be removed.
  package var repeatedAxes: [Int] { input.indices.filter { input[$0] != 1 && repeats[$0] != 1 } }

  /// Adapts the repeats of axes of size 1.
  package func resize(_ resizing: inout NodeResizing) {
    let expected = resizing.shape(ofOutput: 0)
    if let now = try? Tile(resizing.now), now.outputs[0].shape == expected { return }
    guard let stated = resizing.stated("repeats", orInput: 1) else { return }
    var repeats = stated.values
    for (axis, size) in input.enumerated() where size == 1 { repeats[axis] = expected[axis] }
    resizing.set(repeats, leaving: stated.isComputed, "repeats", orInput: 1)
  }

  /// The gradient summed over the repeats.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let parts = gradients.reshape(gradients.outputGradient, to: split)
    let sum = gradients.sum(parts, from: split, to: Shape(input.flatMap { [1, $0] }))
    gradients.set(gradients.reshape(sum, to: input), forInput: 0)
  }
}
