import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A node in its place, parsed: what type inference makes of each node, and all later passes ask.
package struct TypedNode: Sendable {
  /// The node with what was known of its inputs.
  package let call: Invocation
  /// Its meaning.
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

  /// The types of the inputs; `nil` for an optional input left out.
  package var inputs: [TensorType?] { call.inputs }

  /// The inputs whose elements are known before the network runs.
  package var constants: [Tensor?] { call.constants }

  /// The types of all operands.
  package var types: OperandTypes { OperandTypes(inputs: call.inputs, outputs: outputs) }

  /// Whether the input at `position` is there.
  package func has(input position: Int) -> Bool { call.has(input: position) }

  /// Whether the network reads the output at `position`.
  package func has(output position: Int) -> Bool { call.has(output: position) }

  /// An error about this node: `node "fc1" (Gemm): fault`.
  package func error(_ fault: String, remedy: String? = nil) -> EspalierError { call.error(fault, remedy: remedy) }
}
