import EspalierFiles
import EspalierGraph
import EspalierTensors

/// One node with everything known about its inputs before it runs, from which its operator is parsed.
package struct Invocation: Sendable {
  /// The node.
  package let node: Node
  /// The version of the operator set the node is written in.
  package let opset: Int
  /// The types of the inputs; `nil` for an omitted optional input.
  package let inputs: [TensorType?]
  /// The inputs whose elements are already known, because they are stored in the graph or computed from known values.
  package let constants: [Tensor?]

  /// Describes a node and its inputs.
  package init(
    _ node: Node, opset: Int, inputs: [TensorType?], constants: [Tensor?] = []
  ) {
    self.node = node
    self.opset = opset
    self.inputs = inputs
    self.constants = constants.isEmpty ? Array(repeating: nil, count: inputs.count) : constants
  }

  /// The node in errors: `node "fc1" (Gemm)`.
  package var subject: String { "node \"\(node.label)\" (\(node.fileOperator.outsideOfBodies))" }

  /// An error about this node: `node "fc1" (Gemm): fault`.
  package func error(_ fault: String, remedy: String? = nil) -> EspalierError {
    EspalierError(.model, subject, fault, remedy: remedy)
  }

  /// An error about the node, which is valid and asks for what is not supported.
  package func unsupported(_ fault: String, remedy: String? = nil) -> EspalierError {
    EspalierError(.unsupported, subject, fault, remedy: remedy)
  }

  /// Whether the input at `position` is present.
  package func has(input position: Int) -> Bool {
    position < inputs.count && inputs[position] != nil
  }

  /// Whether the output at `position` is used.
  package func has(output position: Int) -> Bool {
    position < node.outputs.count && !node.outputs[position].isEmpty
  }

  /// The type of the input at `position`, which must be present.
  package func input(_ position: Int) throws(EspalierError) -> TensorType {
    guard has(input: position), let type = inputs[position] else {
      throw error("lacks its input number \(position + 1)")
    }
    return type
  }

  /// The type of the input at `position`, which must be present and hold single precision numbers.
  package func floatInput(_ position: Int) throws(EspalierError) -> TensorType {
    let type = try input(position)
    guard type.elementType == .float32 else {
      throw unsupported(
        "input \"\(node.inputs[position])\" is of \(type.elementType)",
        remedy: "only float32 is computed with; convert the model to float32")
    }
    return type
  }

  /// The types of the inputs at `positions`, which must be present and hold single precision numbers.
  package func floatInputs(_ positions: Range<Int>) throws(EspalierError) -> [TensorType] {
    var types: [TensorType] = []
    for position in positions { types.append(try floatInput(position)) }
    return types
  }

  /// The common element type of all inputs, which must be numeric.
  package func numericElementType() throws(EspalierError) -> ElementType {
    let type = try input(0).elementType
    for other in inputs.compactMap({ $0 }) where other.elementType != type {
      throw error("combines \(type) with \(other.elementType)")
    }
    try checkNumeric(type)
    return type
  }

  /// Rejects an element type that is not numeric.
  package func checkNumeric(_ type: ElementType) throws(EspalierError) {
    guard type.isNumeric else { throw unsupported("cannot compute with \(type)") }
  }

  /// The number of bytes of an element of the input at `position`, which must not be text.
  package func elementWidth(ofInput position: Int = 0) throws(EspalierError) -> Int {
    guard let width = try input(position).elementType.byteCount else { throw unsupported("cannot move text") }
    return width
  }
}
