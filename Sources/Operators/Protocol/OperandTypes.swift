import EspalierTensors

/// The types of the operands that a kernel is made for.
package struct OperandTypes: Hashable, Sendable {
  /// The types of the inputs; `nil` for an optional input left out.
  package let inputs: [TensorType?]
  /// The types of the outputs.
  package let outputs: [TensorType]

  /// Operands of these types.
  package init(inputs: [TensorType?], outputs: [TensorType]) {
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Whether the input at `position` is there.
  package func has(input position: Int) -> Bool {
    position < inputs.count && inputs[position] != nil
  }
}
