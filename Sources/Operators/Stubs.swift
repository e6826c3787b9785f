import Files
import Graph

// Stand-ins for operators of other families; deleted when those are there.

public struct Add: Operator {
  public static let name: OperatorName = "Add"
  public let outputs: [TensorType]
  public init(_ call: Invocation) throws(DataError) { outputs = [try call.input(0)] }
}

public struct Relu: Operator {
  public static let name: OperatorName = "Relu"
  public let outputs: [TensorType]
  public init(_ call: Invocation) throws(DataError) { outputs = [try call.floatInput(0)] }
}

public struct Tanh: Operator {
  public static let name: OperatorName = "Tanh"
  public let outputs: [TensorType]
  public init(_ call: Invocation) throws(DataError) { outputs = [try call.floatInput(0)] }
}

public struct Gelu: Operator {
  public static let name: OperatorName = "Gelu"
  public let outputs: [TensorType]
  package let isApproximate: Bool
  public init(_ call: Invocation) throws(DataError) {
    outputs = [try call.floatInput(0)]
    isApproximate = try call.string("approximate", default: "none") == "tanh"
  }
}
