import Graph
import Tensors

/// Slices of the first input along the attribute `axis`, those that the second input names:
/// `Y[.., i.., ..] = X[.., indices[i..], ..]`. Negative indices count from the end.
///
/// An index outside of the axis is an error where the indices are known before the network runs, and gives zeros where they
/// come out of a run.
public enum Gather: Operator {
  /// `Gather`.
  public static let name: OperatorName = "Gather"

  /// The table that is looked up.
  public static var parameterInputs: ParameterInputs { .at(0..<1) }

  private static func axis(_ invocation: Invocation) throws -> Int {
    try invocation.axis(try invocation.int("axis", default: 0), ofInput: 0)
  }

  /// The input's shape, the shape of the indices in the place of the axis.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let indices = try invocation.indices(at: 1)
    let axis = try axis(invocation)
    let size = input.shape[axis]
    if let wrong = invocation.constants[1]?.integers()?.first(where: { !(-size..<size).contains($0) }) {
      throw invocation.error("index \(wrong) does not exist along axis \(axis) of \(input.shape)")
    }
    return [
      TensorType(Shape(input.shape[..<axis] + indices.shape.sizes + input.shape[(axis + 1)...]), input.elementType)
    ]
  }

  /// The axis picked from stays whole, the others go with themselves; so do those of the indices, which are held where they
  /// are stored.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let axis = try axis(invocation)
    let (shape, indices) = (try invocation.input(0).shape, try invocation.input(1).shape)
    var rule = AxisRule(frozen: [FrozenAxis(PortAxis(.input(0), axis), "picks from it")])
    for source in shape.indices where source != axis {
      let target = source < axis ? source : source + indices.rank - 1
      rule.ties.append(AxisTie(PortAxis(.input(0), source), PortAxis(.output(0), target)))
    }
    for source in indices.indices {
      let target = PortAxis(.output(0), axis + source)
      if invocation.constants[1] == nil {
        rule.ties.append(AxisTie(PortAxis(.input(1), source), target))
      } else {
        rule.frozen.append(FrozenAxis(target, "states the indices of its elements"))
      }
    }
    return rule
  }

  /// One copy for each index and each place before the axis.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let pick = IndexedSlices(try invocation.input(0).shape, axis: try axis(invocation))
    let run = pick.inner * (try invocation.elementWidth())
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      pick.forEach(in: operands.inputs[1]!) { slice, place in
        if let slice {
          (target + place * run).copyMemory(from: source + slice * run, byteCount: run)
        } else {
          (target + place * run).initializeMemory(as: UInt8.self, repeating: 0, count: run)
        }
      }
    }
  }

  /// Each slice of the gradient added to where it came from.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    guard gradients.wants(0) else { return }
    let call = gradients.invocation
    let gradient = gradients.add(
      GatherDerivative.name, [gradients.outputGradient, gradients.input(1)],
      ["shape": .ints(try call.input(0).shape.map(Int64.init)), "axis": .int(Int64(try axis(call)))])
    gradients.set(gradient, forInput: 0)
  }
}

#if OneDNN
  extension Gather: OneDNNOperator {
    /// Channels may be picked in any order.
    static func layout(_ invocation: Invocation) throws -> LayoutRule {
      let (input, indices) = (try invocation.input(0), try invocation.input(1))
      let picksChannels = try axis(invocation) == 1 && (3...5).contains(input.shape.rank) && indices.shape.rank == 1
      return LayoutRule(picksChannels && input.elementType == .float32 ? .any : .plain, plainInputs: [1])
    }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      order == .plain || invocation.outputs[0].shape.elementCount == 0
        ? nil : ChannelsLastGather(of: try invocation.input(0).shape)
    }
  }
#endif
