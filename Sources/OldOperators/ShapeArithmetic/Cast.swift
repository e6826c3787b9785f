import Graph
import Tensors

/// The elements as another type, that of the attribute `to`: fractions are cut off, whole numbers keep their low bits, and a
/// truth value is whether a number is not 0.
///
/// A fraction outside of the range of whole numbers is held to it, and what is no number becomes 0.
public enum Cast: Operator {
  /// `Cast`.
  public static let name: OperatorName = "Cast"

  /// The types, by their numbers in ONNX.
  private static let types: [Int: ElementType] = [
    1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool, 11: .float64,
    12: .uint32, 13: .uint64,
  ]

  /// The input's shape, of the other type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    let code = try invocation.int("to", default: 0)
    guard let type = types[code] else {
      throw invocation.error("cannot cast to the type that ONNX gives the number \(code)")
    }
    _ = try number(input.elementType, invocation)
    return [TensorType(input.shape, type)]
  }

  /// The type of numbers that stand for elements of `type`: truth values are 0 and 1.
  private static func number(_ type: ElementType, _ invocation: Invocation) throws -> any Number.Type {
    type == .bool ? UInt8.self : try invocation.number(type)
  }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    .identity(rank: try invocation.input(0).shape.rank)
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let (from, to) = (try invocation.input(0).elementType, invocation.outputs[0].elementType)
    if from == to { return CopyKernel() }
    if to == .bool { return truth(try number(from, invocation)) }
    let isWhole = !from.isFloatingPoint && !to.isFloatingPoint
    return cast(try number(from, invocation), try number(to, invocation), isWhole: isWhole)
  }

  private static func truth<Source: Number>(_ source: Source.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Source.self)
      let target = operands.outputs[0].elements(as: Bool.self)
      for i in 0..<target.count { target[i] = source[i] != .zero }
    }
  }

  private static func cast<Source: Number, Target: Number>(
    _ source: Source.Type, _ target: Target.Type, isWhole: Bool
  ) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Source.self)
      let target = operands.outputs[0].elements(as: Target.self)
      for i in 0..<target.count {
        target[i] = isWhole ? Target(integer: source[i].integer) : Target(double: source[i].double)
      }
    }
  }

  /// The gradient, where nothing is cast; other types have none.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    guard try call.input(0).elementType == .float32, call.outputs[0].elementType == .float32 else {
      throw call.error("has no derivative", remedy: "train only what comes after it")
    }
    gradients.set(gradients.outputGradient, forInput: 0)
  }
}
