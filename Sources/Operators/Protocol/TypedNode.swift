import Files
import Graph
import Tensors

/// A node in its place, parsed: what type inference makes of each node, and all later passes ask.
public struct TypedNode: Sendable {
  /// The node with what was known of its inputs.
  public let call: Invocation
  /// Its meaning.
  public let op: any Operator
  /// The types of the outputs.
  public let outputs: [TensorType]

  /// A node that was parsed to `op`.
  public init(_ call: Invocation, op: any Operator) {
    self.call = call
    self.op = op
    outputs = op.outputs
  }

  /// The node.
  public var node: Node { call.node }

  /// The types of the inputs; `nil` for an optional input left out.
  public var inputs: [TensorType?] { call.inputs }

  /// The inputs whose elements are known before the network runs.
  public var constants: [Tensor?] { call.constants }

  /// The types of all operands.
  public var types: OperandTypes { OperandTypes(inputs: call.inputs, outputs: outputs) }

  /// Whether the input at `position` is there.
  public func has(input position: Int) -> Bool { call.has(input: position) }

  /// Whether the network reads the output at `position`.
  public func has(output position: Int) -> Bool { call.has(output: position) }

  /// An error about this node: `node "fc1" (Gemm): fault`.
  public func error(_ fault: String, remedy: String? = nil) -> EspalierError { call.error(fault, remedy: remedy) }
}
