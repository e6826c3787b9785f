import EspalierTensors

/// The types of a kernel's operands.
package struct OperandTypes: Hashable, Sendable {
  /// The types of the inputs; `nil` for an omitted optional input.
  package let inputs: [TensorType?]
  /// The types of the outputs.
  package let outputs: [TensorType]

  /// Operands of these types.
  package init(inputs: [TensorType?], outputs: [TensorType]) {
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Whether the input at `position` is present.
  package func has(input position: Int) -> Bool {
    position < inputs.count && inputs[position] != nil
  }
}
