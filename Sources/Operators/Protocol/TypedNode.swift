import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A parsed node with its types: the result of type inference, used by all later passes.
package struct TypedNode: Sendable {
  /// The node with what was known about its inputs.
  package let call: Invocation
  /// The parsed operator.
  package let op: any Operator
  /// The types of the outputs.
  package let outputs: [TensorType]

  /// A node that was parsed to `op`.
  package init(_ call: Invocation, op: any Operator) {
    self.call = call
    self.op = op
    outputs = op.outputs
  }

  /// The node.
  package var node: Node { call.node }

  /// The types of the inputs; `nil` for an omitted optional input.
  package var inputs: [TensorType?] { call.inputs }

  /// The inputs whose elements are known before the network runs.
  package var constants: [Tensor?] { call.constants }

  /// The types of all operands.
  package var types: OperandTypes { OperandTypes(inputs: call.inputs, outputs: outputs) }

  /// Whether the input at `position` is present.
  package func has(input position: Int) -> Bool { call.has(input: position) }

  /// Whether the output at `position` is used.
  package func has(output position: Int) -> Bool { call.has(output: position) }

  /// An error about this node: `node "fc1" (Gemm): fault`.
  package func error(_ fault: String, remedy: String? = nil) -> EspalierError { call.error(fault, remedy: remedy) }
}
