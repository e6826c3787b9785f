import Graph
import Tensors

/// An operator that sums over axes: over those it is given (an attribute, or from operator set 13 or 18 on an input), or all.
public protocol Reduction: Operator {
  /// What each sum of `count` elements is multiplied by.
  static func factor(count: Int) -> Float
}

extension Reduction {
  /// The axes summed over, and the result's shape with those axes kept at size 1.
  private static func reduced(_ invocation: Invocation) throws -> (axes: [Int], kept: Shape) {
    let shape = try invocation.floatInput(0).shape
    let asked = try invocation.ints("axes", orInput: 1) ?? []
    var axes = try asked.map { try invocation.axis($0, ofInput: 0) }
    guard Set(axes).count == axes.count else { throw invocation.error("sums twice over one of the axes \(asked)") }
    if axes.isEmpty, try !invocation.flag("noop_with_empty_axes") { axes = Array(shape.indices) }
    var kept = shape
    for axis in axes { kept[axis] = 1 }
    return (axes, kept)
  }

  /// The input's shape without the axes summed over, or with size 1 there.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (axes, kept) = try reduced(invocation)
    if try invocation.flag("keepdims", default: true) { return [TensorType(kept)] }
    return [TensorType(Shape(kept.indices.filter { !axes.contains($0) }.map { kept[$0] }))]
  }

  /// Axes that stay go with themselves; those summed over stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let (axes, kept) = try reduced(invocation)
    let keepsAxes = try invocation.flag("keepdims", default: true)
    let staying = kept.indices.filter { !axes.contains($0) }
    return AxisRule(
      ties: staying.enumerated().map { position, axis in
        AxisTie(PortAxis(.input(0), axis), PortAxis(.output(0), keepsAxes ? axis : position))
      },
      frozen: axes.map { FrozenAxis(PortAxis(.input(0), $0), "sums over it") })
  }

  /// One pass over the input.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let (axes, kept) = try reduced(invocation)
    let shape = try invocation.input(0).shape
    let factor = factor(count: axes.reduce(1) { $0 * shape[$1] })
    let loop = StridedLoop(shape, strides: [Broadcasting.strides(of: kept, in: shape)])
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.floats.baseAddress!
      let sums = operands.outputs[0].floats
      sums.update(repeating: 0)
      let base = sums.baseAddress!
      loop.forEachRun { start, count, offsets in
        let (run, place) = (source + start, base + offsets[0])
        if step == 0 {
          var sum: Float = 0
          for i in 0..<count { sum += run[i] }
          place[0] += sum
        } else {
          for i in 0..<count { place[i * step] += run[i] }
        }
      }
      if factor != 1 { for i in 0..<sums.count { sums[i] *= factor } }
    }
  }

  /// The gradient repeated along the axes summed over, times the factor.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let (axes, kept) = try reduced(call)
    let shape = try call.input(0).shape
    let gradient = gradients.reshape(gradients.outputGradient, to: kept)
    let repeated = gradients.add(
      BroadcastToShape.name, [gradient],
      [
        "shape": .ints(shape.map(Int64.init)),
        "factor": .float(factor(count: axes.reduce(1) { $0 * shape[$1] })),
      ])
    gradients.set(repeated, forInput: 0)
  }
}
