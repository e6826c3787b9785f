import Graph
import Tensors

/// Each element held between two bounds: `Y = min(max(X, min), max)`. The bounds are inputs without axes from operator set 11,
/// attributes before; either may be left out. With 0 and 6 this is ReLU6.
public enum Clip: Operator {
  /// `Clip`.
  public static let name: OperatorName = "Clip"

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let type = try invocation.input(0)
    _ = try invocation.number(type.elementType)
    for position in 1..<3 where invocation.has(input: position) {
      let bound = try invocation.input(position)
      guard bound.elementType == type.elementType, bound.shape.elementCount == 1 else {
        throw invocation.error("holds \(type) to a bound that is \(bound)")
      }
    }
    _ = try attributes(invocation)
    return [type]
  }

  /// The bounds that are attributes.
  static func attributes(_ invocation: Invocation) throws -> (least: Float, greatest: Float) {
    (try invocation.float("min", default: -.infinity), try invocation.float("max", default: .infinity))
  }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    .identity(rank: try invocation.input(0).shape.rank)
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let bounds = try attributes(invocation)
    if try invocation.input(0).elementType == .float32 { return kernel(bounds, Float.self) }
    return kernel(bounds, try invocation.number(try invocation.input(0).elementType))
  }

  private static func kernel<Element: Number>(
    _ standard: (least: Float, greatest: Float), _ type: Element.Type
  ) -> any Kernel {
    FunctionKernel { operands in
      let bounds = bounds(operands, standard, type)
      let (source, target) = (operands.inputs[0]!.elements(as: type), operands.outputs[0].elements(as: type))
      for i in 0..<target.count {
        let raised = source[i] < bounds.least ? bounds.least : source[i]
        target[i] = raised > bounds.greatest ? bounds.greatest : raised
      }
    }
  }

  /// The bounds of one run, from the inputs behind the first or the attributes.
  static func bounds<Element: Number>(
    _ operands: Operands, _ standard: (least: Float, greatest: Float), _ type: Element.Type
  ) -> (least: Element, greatest: Element) {
    func bound(_ position: Int, _ standard: Float) -> Element {
      let input = position < operands.inputs.count ? operands.inputs[position] : nil
      return input?.elements(as: type)[0] ?? Element(double: Double(standard))
    }
    return (bound(1, standard.least), bound(2, standard.greatest))
  }

  /// `dX = dY` between the bounds, 0 at and beyond them.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    guard gradients.wants(0) else { return }
    let bounds = (1..<3).map { call.has(input: $0) ? gradients.input($0) : "" }
    let gradient = gradients.add(
      ClipDerivative.name, [gradients.input(0)] + bounds + [gradients.outputGradient], call.node.attributes)
    gradients.set(gradient, forInput: 0)
  }
}

/// The derivative of ``Clip``: `dY` where `min < X < max`, else 0. Inputs `X`, `min`, `max` and `dY`.
public enum ClipDerivative: Operator {
  /// `espalier::ClipDerivative`.
  public static let name: OperatorName = .own("ClipDerivative")

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (x, gradient) = (try invocation.floatInput(0), try invocation.floatInput(3))
    guard x == gradient else { throw invocation.error("a gradient of \(gradient) does not fit \(x)") }
    return [x]
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let standard = try Clip.attributes(invocation)
    return FunctionKernel { operands in
      let bounds = Clip.bounds(operands, standard, Float.self)
      let (x, dY, target) = (operands.inputs[0]!.floats, operands.inputs[3]!.floats, operands.outputs[0].floats)
      for i in 0..<target.count { target[i] = x[i] > bounds.least && x[i] < bounds.greatest ? dY[i] : 0 }
    }
  }
}
