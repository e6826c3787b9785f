import Graph
import Tensors

/// A value written into the graph as a node.
public enum Constant: Operator {
  /// `Constant`.
  public static let name: OperatorName = "Constant"

  /// The type of the value.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(of: try value(invocation))]
  }

  /// The value, from whichever attribute holds it.
  static func value(_ invocation: Invocation) throws -> Tensor {
    let attributes = invocation.node.attributes
    guard let (name, attribute) = attributes.elements.first, attributes.count == 1 else {
      throw invocation.error("must have exactly one attribute, and has \(attributes.count)")
    }
    switch attribute {
    case .tensor(let tensor): return tensor
    case .float(let value): return Tensor(scalar: value)
    case .int(let value): return Tensor(scalar: value)
    case .floats(let values): return Tensor(shape: [values.count], values)
    case .ints(let values): return Tensor(shape: [values.count], values)
    case .string(let value): return Tensor(shape: [], strings: [value])
    case .strings(let values): return Tensor(shape: [values.count], strings: values)
    default: throw invocation.error("attribute \"\(name)\" is not a value")
    }
  }

  /// The value.
  public static func known(_ invocation: Invocation) throws -> [Tensor]? { [try value(invocation)] }

  /// The value stays as it is: only constants that are stored with the graph can be made smaller.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    AxisRule(
      frozen: invocation.outputs[0].shape.indices.map { FrozenAxis(PortAxis(.output(0), $0), "states its elements") })
  }

  /// Writes the value; a plan stores it instead.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let value = try value(invocation)
    return FunctionKernel { $0.outputs[0].write(value) }
  }
}
