import Graph
import Tensors

/// The `k` greatest elements along the attribute `axis`, or the least where `largest` is 0, and where they lie: values and indices.
///
/// Best first, and of equal ones the first; where `sorted` is 0, any order will do, and this is one. `k` is the second input, one whole
/// number, which must be known before the network runs.
public enum TopK: Operator {
  /// `TopK`.
  public static let name: OperatorName = "TopK"

  private static func axis(_ invocation: Invocation) throws -> Int {
    try invocation.axis(try invocation.int("axis", default: -1), ofInput: 0)
  }

  /// The input's type, with `k` elements along the axis, and the same of int64 numbers.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let axis = try axis(invocation)
    _ = (try invocation.number(input.elementType), try invocation.flag("largest"), try invocation.flag("sorted"))
    let counts =
      invocation.has(input: 1) ? try invocation.ints("k", orInput: 1) : [try invocation.int("k", default: -1)]
    guard let counts, counts.count == 1, (0...input.shape[axis]).contains(counts[0]) else {
      throw invocation.error("cannot take \(counts ?? []) of the \(input.shape[axis]) elements of axis \(axis)")
    }
    let shape = input.shape.replacing(axis: axis, with: counts[0])
    return [TensorType(shape, input.elementType), TensorType(shape, .int64)]
  }

  /// Each axis goes with itself, but the one that is sorted along stays whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let (rank, sorted) = (try invocation.input(0).shape.rank, try axis(invocation))
    var rule = AxisRule.identity(rank: rank, except: [sorted])
    if invocation.node.outputs.count > 1, !invocation.node.outputs[1].isEmpty {
      rule.ties += (0..<rank).filter { $0 != sorted }.map {
        AxisTie(PortAxis(.input(0), $0), PortAxis(.output(1), $0))
      }
      rule.frozen.append(FrozenAxis(PortAxis(.output(1), sorted), "sorts along it"))
    }
    rule.freeze(sorted, "sorts along it")
    return rule
  }

  /// A sort of each row.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let input = try invocation.input(0)
    let axis = try axis(invocation)
    return kernel(
      IndexedSlices(input.shape, axis: axis), count: invocation.outputs[0].shape[axis],
      takesLargest: try invocation.flag("largest", default: true), try invocation.number(input.elementType))
  }

  private static func kernel<Element: Number>(
    _ slices: IndexedSlices, count: Int, takesLargest: Bool, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let values = operands.outputs[0].elements(as: type)
      let indices = operands.outputs.count > 1 ? operands.outputs[1].elements(as: Int64.self) : nil
      for o in 0..<slices.outer {
        for i in 0..<slices.inner {
          let first = o * slices.size * slices.inner + i
          let order = (0..<slices.size).sorted { a, b in
            let (x, y) = (source[first + a * slices.inner], source[first + b * slices.inner])
            return x == y ? a < b : takesLargest ? x > y : x < y
          }
          for place in 0..<count {
            let target = (o * count + place) * slices.inner + i
            values[target] = source[first + order[place] * slices.inner]
            indices?[target] = Int64(order[place])
          }
        }
      }
    }
  }

  /// The gradient of the values, each where it came from.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    guard let dY = gradients.outputGradients[0] else { return }
    let call = gradients.invocation
    var outputs = call.node.outputs
    if outputs.count < 2 || outputs[1].isEmpty {
      outputs = gradients.add(name, call.node.inputs, call.node.attributes, outputs: 2)
    }
    gradients.set(
      gradients.addToPicked(dY, at: outputs[1], of: try call.input(0).shape, axis: try axis(call)), forInput: 0)
  }
}
