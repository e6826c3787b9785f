import Graph
import Tensors

/// An operator that says where along the attribute `axis` the greatest or the least element lies: of several equal ones the first, or
/// the last where `select_last_index` is set. The axis stays at size 1 unless `keepdims` is 0.
public protocol ExtremumIndex: Operator {
  /// Whether `a` is to be taken rather than `b`.
  static func isBetter<Element: Number>(_ a: Element, than b: Element) -> Bool
}

extension ExtremumIndex {
  private static func axis(_ invocation: Invocation) throws -> Int {
    try invocation.axis(try invocation.int("axis", default: 0), ofInput: 0)
  }

  /// The input's shape without the axis, or with size 1 there, of int64 numbers.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let axis = try axis(invocation)
    _ = (try invocation.number(input.elementType), try invocation.flag("select_last_index"))
    guard input.shape[axis] > 0 else { throw invocation.error("has nothing to choose from in \(input.shape)") }
    let keeps = try invocation.flag("keepdims", default: true)
    let sizes = input.shape[..<axis] + (keeps ? [1] : []) + input.shape[(axis + 1)...]
    return [TensorType(Shape(Array(sizes)), .int64)]
  }

  /// Axes that stay go with themselves; the one that is compared along stays whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let (shape, indexed) = (try invocation.input(0).shape, try axis(invocation))
    let dropped = shape.rank - invocation.outputs[0].shape.rank
    return AxisRule(
      ties: shape.indices.filter { $0 != indexed }.map { axis in
        AxisTie(PortAxis(.input(0), axis), PortAxis(.output(0), axis < indexed ? axis : axis - dropped))
      },
      frozen: [FrozenAxis(PortAxis(.input(0), indexed), "compares along it")])
  }

  /// One pass over the input.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let input = try invocation.input(0)
    return kernel(
      IndexedSlices(input.shape, axis: try axis(invocation)), takesLast: try invocation.flag("select_last_index"),
      try invocation.number(input.elementType))
  }

  private static func kernel<Element: Number>(
    _ slices: IndexedSlices, takesLast: Bool, _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: Int64.self)
      for o in 0..<slices.outer {
        for i in 0..<slices.inner {
          let first = o * slices.size * slices.inner + i
          var best = 0
          for index in 1..<max(slices.size, 1) {
            let (a, b) = (source[first + index * slices.inner], source[first + best * slices.inner])
            if isBetter(a, than: b) || takesLast && a == b { best = index }
          }
          target[o * slices.inner + i] = Int64(best)
        }
      }
    }
  }
}
