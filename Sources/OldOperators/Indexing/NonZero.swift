import Graph
import Tensors

/// The places of all elements that are not 0, one in each column: `Y[a, n]` is the index along axis `a` of the n-th of them.
///
/// How many there are is a shape, so the input must be known before the network runs.
public enum NonZero: Operator {
  /// `NonZero`.
  public static let name: OperatorName = "NonZero"

  /// The places of the elements that are not 0, counted through.
  private static func places(_ invocation: Invocation) throws -> [Int] {
    let type = try invocation.input(0).elementType
    guard let input = invocation.constants[0] else {
      throw invocation.error(
        "input \"\(invocation.node.inputs[0])\" is computed by the network from its data",
        remedy: "only shapes that are known before the network runs are supported")
    }
    if type == .bool {
      return input.elements(as: Bool.self).enumerated().filter { $0.element }.map { $0.offset }
    }
    guard let elements = input.doubles() else { throw invocation.error("cannot compute with \(type)") }
    return elements.enumerated().filter { $0.element != 0 }.map { $0.offset }
  }

  /// As many rows as axes, and a column for each element.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType([try invocation.input(0).shape.rank, try places(invocation).count], .int64)]
  }

  /// The places stay as they are.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    AxisRule(frozen: (0..<2).map { FrozenAxis(PortAxis(.output(0), $0), "states its elements") })
  }

  /// Writes the places.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let (places, shape) = (try places(invocation), try invocation.input(0).shape)
    let strides = shape.strides
    return FunctionKernel { operands in
      let target = operands.outputs[0].elements(as: Int64.self)
      for axis in shape.indices {
        for (column, place) in places.enumerated() {
          target[axis * places.count + column] = Int64(place / strides[axis] % shape[axis])
        }
      }
    }
  }
}
