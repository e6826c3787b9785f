import Files
import Graph
import Tensors

/// One node together with all that is known before it runs: the question that every rule of an operator answers.
public struct Invocation: Sendable {
  /// The node.
  public let node: Node
  /// The version of the operator set the node is written in.
  public let opset: Int
  /// The types of the inputs; `nil` for an optional input left out.
  public let inputs: [TensorType?]
  /// The inputs whose elements are known already, because they are stored in the graph or follow from what is.
  public let constants: [Tensor?]
  /// The types of the outputs, once they are inferred; empty while they are.
  public let outputs: [TensorType]

  /// Describes a node in its place.
  public init(
    _ node: Node, opset: Int, inputs: [TensorType?], constants: [Tensor?] = [], outputs: [TensorType] = []
  ) {
    self.node = node
    self.opset = opset
    self.inputs = inputs
    self.constants = constants.isEmpty ? Array(repeating: nil, count: inputs.count) : constants
    self.outputs = outputs
  }

  /// An error about this node: `node "fc1" (Gemm): fault`.
  public func error(_ fault: String, remedy: String? = nil) -> DataError {
    DataError("node \"\(node.label)\" (\(node.op))", fault, remedy: remedy)
  }

  /// Whether the input at `position` is there.
  public func has(input position: Int) -> Bool {
    position < inputs.count && inputs[position] != nil
  }

  /// Whether anybody asks for the output at `position`.
  public func has(output position: Int) -> Bool {
    position < node.outputs.count && position < outputs.count && !node.outputs[position].isEmpty
  }

  /// The type of the input at `position`, which must be there.
  public func input(_ position: Int) throws -> TensorType {
    guard has(input: position), let type = inputs[position] else {
      throw error("lacks its input number \(position + 1)")
    }
    return type
  }

  /// The type of the input at `position`, which must be there and hold single precision numbers.
  public func floatInput(_ position: Int) throws -> TensorType {
    let type = try input(position)
    guard type.elementType == .float32 else {
      throw error(
        "input \"\(node.inputs[position])\" is of \(type.elementType)",
        remedy: "only float32 is computed with; convert the model to float32")
    }
    return type
  }

  /// The one type that the inputs have, which must be a type of numbers, with its Swift type.
  func numericInputs() throws -> (elementType: ElementType, element: any Number.Type) {
    let type = try input(0).elementType
    for other in inputs.compactMap({ $0 }) where other.elementType != type {
      throw error("combines \(type) with \(other.elementType)")
    }
    return (type, try number(type))
  }

  /// The Swift type of a type of numbers.
  func number(_ type: ElementType) throws -> any Number.Type {
    guard let element = type.number else { throw error("cannot compute with \(type)") }
    return element
  }

  /// The shape that all inputs together broadcast to.
  func broadcastShape() throws -> Shape {
    try inputs.indices.dropFirst().reduce(try input(0).shape) { shape, position in
      let other = try input(position).shape
      guard let result = Broadcasting.shape(shape, other) else {
        throw error("shapes \(shape) and \(other) cannot be broadcast to each other")
      }
      return result
    }
  }

  /// Ties the axes of all inputs that are not repeated to those of the output; two computed inputs are branches that meet.
  func broadcastAxes() throws -> AxisRule {
    var rule = AxisRule()
    for position in inputs.indices {
      rule.ties += Broadcasting.ties(try input(position).shape, input: position, result: outputs[0].shape)
    }
    rule.couplesBranches = constants.count { $0 == nil } > 1
    return rule
  }

  /// A walk over the output together with all inputs, broadcast.
  func broadcastLoop() throws -> StridedLoop {
    let result = outputs[0].shape
    return StridedLoop(
      result, strides: try inputs.indices.map { Broadcasting.strides(of: try input($0).shape, in: result) })
  }

  /// The same invocation with its outputs inferred.
  func inferring(_ outputs: [TensorType]) -> Invocation {
    Invocation(node, opset: opset, inputs: inputs, constants: constants, outputs: outputs)
  }
}
