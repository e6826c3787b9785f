import Tensors

/// The axes that a reduction goes over: those it is given (an attribute, or from operator set 13 or 18 on an input), or all.
struct ReducedAxes {
  /// The axes, counted from 0.
  let axes: [Int]
  /// The input's shape with those axes at size 1.
  let kept: Shape
  /// How many elements make one of the result.
  let count: Int
  private let keepsAxes: Bool

  /// Reads what a node asks for.
  init(_ invocation: Invocation) throws {
    let shape = try invocation.input(0).shape
    var axes = try invocation.axes(try invocation.ints("axes", orInput: 1) ?? [])
    if axes.isEmpty, try !invocation.flag("noop_with_empty_axes") { axes = Array(shape.indices) }
    var kept = shape
    for axis in axes { kept[axis] = 1 }
    self.axes = axes
    self.kept = kept
    count = axes.reduce(1) { $0 * shape[$1] }
    keepsAxes = try invocation.flag("keepdims", default: true)
  }

  /// The axes that stay.
  private var staying: [Int] { kept.indices.filter { !axes.contains($0) } }

  /// The input's shape without the axes, or with size 1 there.
  var result: Shape { keepsAxes ? kept : Shape(staying.map { kept[$0] }) }

  /// The type of the result: that of the input, which must be of numbers, in another shape.
  func type(_ invocation: Invocation) throws -> TensorType {
    let type = try invocation.input(0).elementType
    _ = try invocation.number(type)
    return TensorType(result, type)
  }

  /// A walk over an input of `shape` that says where in the result each element goes.
  func loop(over shape: Shape) -> StridedLoop {
    StridedLoop(shape, strides: [Broadcasting.strides(of: kept, in: shape)])
  }

  /// Axes that stay go with themselves; the others stay whole, because the operator `reason`.
  func rule(_ reason: String) -> AxisRule {
    AxisRule(
      ties: staying.enumerated().map { position, axis in
        AxisTie(PortAxis(.input(0), axis), PortAxis(.output(0), keepsAxes ? axis : position))
      },
      frozen: axes.map { FrozenAxis(PortAxis(.input(0), $0), reason) })
  }
}
