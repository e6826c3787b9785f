import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The same elements in the shape given by an input: a size of 0 copies the input's, and one of -1 is inferred.
package struct Reshape: ViewOperator {
  /// `Reshape`.
  package static let name: OperatorName = "Reshape"

  /// The shape.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The requested shape, with 0 and -1 replaced.
  package let outputs: [TensorType]
  private let input: Shape
  private let asked: [Int]
  private let copiesZero: Bool

  /// Reads the requested shape, an input or an attribute, and `allowzero`.
  package init(_ call: Invocation) throws(EspalierError) {
    let type = try call.input(0)
    input = type.shape
    guard let asked = try call.ints("shape", orInput: 1) else { throw call.error("has no shape to reshape to") }
    self.asked = asked
    copiesZero = try !call.flag("allowzero")
    var sizes = asked
    for axis in sizes.indices where sizes[axis] == 0 && copiesZero {
      guard axis < input.rank else { throw call.error("copies axis \(axis), which its input lacks") }
      sizes[axis] = input[axis]
    }
    if let open = sizes.firstIndex(of: -1) {
      sizes[open] = 1
      guard let known = Shape(checking: sizes), known.elementCount > 0,
        input.elementCount % known.elementCount == 0
      else { throw call.error("cannot reshape \(input) to \(asked)") }
      sizes[open] = input.elementCount / known.elementCount
    }
    guard let shape = Shape(checking: sizes), shape.elementCount == input.elementCount else {
      throw call.error("cannot reshape \(input) to \(asked)")
    }
    outputs = [TensorType(shape, type.elementType)]
  }

  /// Unchanged axes are tied to those of the output, and one of several merged or split axes to its elements in the
  /// whole.
  package var axes: AxisRule? { AxisRule.reshape(from: input, to: outputs[0].shape) }

  /// Adapts a stated shape. A computed shape that does not adapt by itself is replaced by a stored one, with 0 or -1
  /// for sizes that the network leaves open; where it leaves several open, they stay as computed.
  package func resize(_ resizing: inout NodeResizing) {
    let expected = resizing.shape(ofOutput: 0)
    if let now = try? Reshape(resizing.now), now.outputs[0].shape == expected { return }
    guard let (_, isComputed) = resizing.stated("shape", orInput: 1) else { return }
    let input = resizing.inputShape(0)
    let other = try? Reshape(resizing.variant)
    var sizes = asked.indices.map { axis in
      let isEqual = axis < input.rank && input[axis] == expected[axis]
      // Sizes that are equal by chance differ for other inputs.
      let isCopied = copiesZero && isEqual && other.map { $0.input[axis] == $0.outputs[0].shape[axis] } ?? false
      if isComputed[axis] { return isCopied ? 0 : -1 }
      return asked[axis] == -1 || (asked[axis] == 0 && isCopied) ? asked[axis] : expected[axis]
    }
    if sizes.count(where: { $0 == -1 }) > 1, let other {
      // A size that was left to be inferred, and is the same whatever the open sizes, can be stated.
      for axis in asked.indices where asked[axis] == -1 && other.outputs[0].shape[axis] == outputs[0].shape[axis] {
        sizes[axis] = expected[axis]
      }
    }
    guard sizes.count(where: { $0 == -1 }) > 1 else { return resizing.set(sizes, "shape", orInput: 1) }
    for axis in asked.indices where isComputed[axis] { sizes[axis] = expected[axis] }
    resizing.set(sizes, leaving: isComputed, "shape", orInput: 1)
  }
}
