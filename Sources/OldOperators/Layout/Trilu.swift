import Graph
import Tensors

/// The upper triangle of the matrices that the last two axes make, or the lower where the attribute `upper` is 0, zeros elsewhere: what
/// has `j >= i + k`, or `j <= i + k`, in row `i` and column `j`.
///
/// `k`, 0 where it is left out, is the second input, one whole number that must be known before the network runs.
public enum Trilu: Operator {
  /// `Trilu`.
  public static let name: OperatorName = "Trilu"

  private static func diagonal(_ invocation: Invocation) throws -> Int {
    let diagonal = try invocation.ints("k", orInput: 1) ?? [0]
    guard diagonal.count == 1 else { throw invocation.error("takes one number of a diagonal, not \(diagonal.count)") }
    return diagonal[0]
  }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    _ = (try diagonal(invocation), try invocation.flag("upper"))
    guard input.shape.rank >= 2 else { throw invocation.error("takes matrices, not \(input.shape)") }
    return [input]
  }

  /// Each axis goes with itself, but rows and columns stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let rank = try invocation.input(0).shape.rank
    var rule = AxisRule.identity(rank: rank, except: [rank - 2, rank - 1])
    for axis in rank - 2..<rank { rule.freeze(axis, "takes a triangle of it") }
    return rule
  }

  /// One copy for each row.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let shape = try invocation.input(0).shape
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let (isUpper, width) = (try invocation.flag("upper", default: true), try invocation.elementWidth())
    let diagonal = min(max(try diagonal(invocation), -rows - 1), columns + 1)
    let count = shape.dropLast().reduce(1, *)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      operands.outputs[0].clear()
      for row in 0..<count {
        let first = min(max(row % rows + diagonal + (isUpper ? 0 : 1), 0), columns)
        let kept = isUpper ? first..<columns : 0..<first
        let start = (row * columns + kept.lowerBound) * width
        (target + start).copyMemory(from: source + start, byteCount: kept.count * width)
      }
    }
  }

  /// The same triangle of the gradient.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let node = gradients.invocation.node
    gradients.set(
      gradients.add(name, [gradients.outputGradient] + node.inputs.dropFirst(), node.attributes), forInput: 0)
  }
}
