import Graph
import Tensors

/// A new axis, `axis` of the output, along which all elements are `off` but the one at the index, which is `on`.
///
/// Inputs: indices, of any type of numbers, counted from the end where negative; the size of the axis, one number that must be known
/// before the network runs; and the two values `[off, on]`. An index outside of the axis gives `off` everywhere.
public enum OneHot: Operator {
  /// `OneHot`.
  public static let name: OperatorName = "OneHot"

  private static func axis(_ invocation: Invocation) throws -> Int {
    let rank = try invocation.input(0).shape.rank + 1
    let asked = try invocation.int("axis", default: -1)
    guard (-rank..<rank).contains(asked) else {
      throw invocation.error("cannot put an axis \(asked) into \(try invocation.input(0).shape)")
    }
    return asked < 0 ? asked + rank : asked
  }

  /// The shape of the indices with the new axis, of the type of the values.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (indices, values) = (try invocation.input(0), try invocation.input(2))
    _ = (try invocation.number(indices.elementType), try invocation.number(try invocation.input(1).elementType))
    let depth = try invocation.floats("depth", orInput: 1) ?? []
    guard depth.count == 1, let size = Int(exactly: depth[0].rounded(.towardZero)), size >= 0 else {
      throw invocation.error("cannot make an axis of \(depth) elements")
    }
    guard values.shape == [2] else { throw invocation.error("takes two values, not \(values.shape)") }
    var sizes = indices.shape.sizes
    sizes.insert(size, at: try axis(invocation))
    guard Shape(checking: sizes) != nil else { throw invocation.error("would make \(sizes) elements") }
    return [TensorType(Shape(sizes), values.elementType)]
  }

  /// Axes of the indices go with those of the output; the new one stays whole, and so do those of indices that are stored.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let new = try axis(invocation)
    var rule = AxisRule(frozen: [
      FrozenAxis(PortAxis(.output(0), new), "states its elements"),
      FrozenAxis(PortAxis(.input(2), 0), "chooses from it"),
    ])
    for axis in try invocation.input(0).shape.indices {
      let target = PortAxis(.output(0), axis < new ? axis : axis + 1)
      if invocation.constants[0] == nil {
        rule.ties.append(AxisTie(PortAxis(.input(0), axis), target))
      } else {
        rule.frozen.append(FrozenAxis(target, "states the indices of its elements"))
      }
    }
    return rule
  }

  /// One pass over the output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    kernel(
      IndexedSlices(invocation.outputs[0].shape, axis: try axis(invocation)),
      try invocation.number(try invocation.input(0).elementType), try invocation.movedElement(ofInput: 2))
  }

  private static func kernel<Index: Number, Element: TensorElement>(
    _ slices: IndexedSlices, _ index: Index.Type, _ element: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let indices = operands.inputs[0]!.elements(as: index)
      let values = operands.inputs[2]!.elements(as: element)
      let target = operands.outputs[0].elements(as: element)
      target.update(repeating: values[0])
      for o in 0..<slices.outer {
        for i in 0..<slices.inner {
          var place = Int(indices[o * slices.inner + i].integer)
          if place < 0 { place += slices.size }
          if (0..<slices.size).contains(place) { target[(o * slices.size + place) * slices.inner + i] = values[1] }
        }
      }
    }
  }
}
