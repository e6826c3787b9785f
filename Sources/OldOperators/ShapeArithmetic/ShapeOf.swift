import Graph
import Tensors

/// The sizes of the input's axes, from the attribute `start` to before `end`, as an int64 vector. Known before the network runs.
///
/// No axis is tied or held: a size that is used as a number is held where it is used, as in `Reshape`.
public enum ShapeOf: Operator {
  /// `Shape`.
  public static let name: OperatorName = "Shape"

  private static func sizes(_ invocation: Invocation) throws -> [Int] {
    let shape = try invocation.input(0).shape
    func place(_ name: String, _ standard: Int) throws -> Int {
      let place = try invocation.int(name, default: standard)
      return min(max(place < 0 ? place + shape.rank : place, 0), shape.rank)
    }
    let (start, end) = (try place("start", 0), try place("end", shape.rank))
    return Array(shape.sizes[start..<max(start, end)])
  }

  /// A vector.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType([try sizes(invocation).count], .int64)]
  }

  /// The sizes.
  public static func known(_ invocation: Invocation) throws -> [Tensor]? {
    let sizes = try sizes(invocation)
    return [Tensor(shape: [sizes.count], sizes.map(Int64.init))]
  }

  /// The sizes stay as they are.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { .statesElements }

  /// Writes the sizes; a plan stores them instead.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let sizes = try sizes(invocation)
    return FunctionKernel { $0.outputs[0].write(Tensor(shape: [sizes.count], sizes.map(Int64.init))) }
  }
}

extension AxisRule {
  /// The rule of a node that makes a vector out of numbers.
  static var statesElements: AxisRule {
    AxisRule(frozen: [FrozenAxis(PortAxis(.output(0), 0), "states its elements")])
  }
}
