import Graph
import OrderedCollections
import Tensors

/// The derivative of ``Resize``: zeros of the attribute `shape`, to which each element of the input is added where it was made of,
/// by the weights it was made with.
///
/// For each axis that was resized, `places0`, `places1`, ... and `weights0`, `weights1`, ... name its taps.
public enum ResizeDerivative: Operator {
  /// `espalier::ResizeDerivative`.
  public static let name: OperatorName = .own("ResizeDerivative")

  /// The attributes that name these taps.
  static func attributes(_ taps: [AxisTaps]) -> OrderedDictionary<String, Attribute> {
    var attributes: OrderedDictionary = ["shape": Attribute.ints(taps.map { Int64($0.size) })]
    for (axis, taps) in taps.enumerated() where !taps.isIdentity {
      attributes["places\(axis)"] = .ints(taps.places.map(Int64.init))
      attributes["weights\(axis)"] = .floats(taps.weights)
    }
    return attributes
  }

  private static func taps(_ invocation: Invocation) throws -> [AxisTaps] {
    let input = try invocation.floatInput(0).shape
    let shape = try invocation.statedShape()
    guard shape.rank == input.rank else { throw invocation.error("cannot add \(input) to \(shape)") }
    return try shape.indices.map { axis in
      let (size, count) = (shape[axis], input[axis])
      let places = try invocation.ints("places\(axis)")
      let weights = try invocation.floats("weights\(axis)") ?? []
      let taps = places.map { AxisTaps(size: size, count: count, places: $0, weights: weights) }
      guard let taps = taps ?? AxisTaps(keeping: size), taps.count == count else {
        throw invocation.error("cannot add \(input) to \(shape)")
      }
      return taps
    }
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(Shape(try taps(invocation).map(\.size)))]
  }

  /// Row by row.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let interpolation = Interpolation(try taps(invocation))
    return FunctionKernel { operands in
      let target = operands.outputs[0].floats
      target.update(repeating: 0)
      interpolation.applyTransposed(operands.inputs[0]!.floats.baseAddress!, addingTo: target.baseAddress!)
    }
  }
}
