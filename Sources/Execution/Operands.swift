/// The memory a kernel reads and writes.
package struct Operands {
  /// The inputs; `nil` for an optional one left out.
  package let inputs: [Buffer?]
  /// The outputs.
  package let outputs: [Buffer]

  /// Operands in these buffers.
  package init(inputs: [Buffer?], outputs: [Buffer]) {
    self.inputs = inputs
    self.outputs = outputs
  }
}
