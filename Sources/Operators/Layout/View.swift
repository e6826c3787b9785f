import Graph
import Tensors

/// The same elements under the shape that the attribute `shape` states; used by derivatives.
public enum View: Operator {
  /// `espalier::View`.
  public static let name: OperatorName = .own("View")

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      shape.elementCount == input.shape.elementCount
    else { throw invocation.error("cannot view \(input.shape) as it asks") }
    return [TensorType(shape, input.elementType)]
  }

  /// No bytes move.
  public static var isView: Bool { true }

  /// A copy, for whoever runs the operator outside of a plan.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel { CopyKernel() }

  /// The gradient under the input's shape.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    try gradients.reshapeToInput()
  }
}

/// Copies the first input to the first output.
struct CopyKernel: Kernel {
  func run(_ operands: Operands) {
    let source = operands.inputs[0]!
    operands.outputs[0].address.copyMemory(from: source.address, byteCount: source.type.byteCount)
  }
}

extension GradientBuilder {
  /// States that the gradient of the first input is that of the output, under the input's shape.
  mutating func reshapeToInput() throws {
    set(reshape(outputGradient, to: try invocation.input(0).shape), forInput: 0)
  }
}
