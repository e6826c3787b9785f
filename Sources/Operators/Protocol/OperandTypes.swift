import Tensors

/// The types of the operands that a kernel is made for.
public struct OperandTypes: Hashable, Sendable {
  /// The types of the inputs; `nil` for an optional input left out.
  public let inputs: [TensorType?]
  /// The types of the outputs.
  public let outputs: [TensorType]

  /// Operands of these types.
  public init(inputs: [TensorType?], outputs: [TensorType]) {
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Whether the input at `position` is there.
  public func has(input position: Int) -> Bool {
    position < inputs.count && inputs[position] != nil
  }
}
