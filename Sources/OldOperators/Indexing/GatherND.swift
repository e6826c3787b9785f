import Graph
import Tensors

/// Slices of the first input, those that tuples of the second name: `Y[i.., j..] = X[indices[i..], j..]`, where `indices[i..]` is a
/// tuple of whole numbers. The first axes, as many as the attribute `batch_dims` says, go side by side in both.
///
/// An index outside of its axis is an error where the indices are known before the network runs, and gives zeros where they come
/// out of a run.
public enum GatherND: Operator {
  /// `GatherND`.
  public static let name: OperatorName = "GatherND"

  /// The table that is looked up.
  public static var parameterInputs: ParameterInputs { .at(0..<1) }

  private static func slices(_ invocation: Invocation) throws -> PickedSlices {
    try PickedSlices(
      invocation, try invocation.input(0).shape, batch: try invocation.int("batch_dims", default: 0))
  }

  /// The places of the tuples, then the axes of a slice.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try slices(invocation).shape, try invocation.input(0).elementType)]
  }

  /// Axes picked from stay whole; all others go with those of the output.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    try slices(invocation).rule(
      invocation, batch: try invocation.int("batch_dims", default: 0), slices: .output(0), tensors: [.input(0)],
      "picks from it")
  }

  /// One copy for each tuple.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let slices = try slices(invocation)
    let width = try invocation.elementWidth()
    let run = slices.size * width
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      operands.outputs[0].clear()
      slices.forEach(in: operands.inputs[1]!) { start, position in
        if let start { (target + position * run).copyMemory(from: source + start * width, byteCount: run) }
      }
    }
  }

  /// Each slice of the gradient added to where it came from.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    guard gradients.wants(0) else { return }
    let call = gradients.invocation
    let gradient = gradients.add(
      GatherNDDerivative.name, [gradients.outputGradient, gradients.input(1)],
      [
        "shape": .ints(try call.input(0).shape.map(Int64.init)),
        "batch_dims": .int(Int64(try call.int("batch_dims", default: 0))),
      ])
    gradients.set(gradient, forInput: 0)
  }
}
