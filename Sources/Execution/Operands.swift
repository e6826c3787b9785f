/// The memory a kernel reads and writes.
public struct Operands {
  /// The inputs; `nil` for an optional one left out.
  public let inputs: [Buffer?]
  /// The outputs.
  public let outputs: [Buffer]

  /// Operands at these places.
  public init(inputs: [Buffer?], outputs: [Buffer]) {
    self.inputs = inputs
    self.outputs = outputs
  }
}
