import Graph
import Tensors

/// An operator that compares two tensors of one type element by element, broadcast to each other.
public protocol Comparison: Operator {
  /// Whether it holds of `a` and `b`.
  static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool
}

extension Comparison {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// Truth values, of the shape both operands broadcast to.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (a, b) = (try invocation.input(0).elementType, try invocation.input(1).elementType)
    guard a == b else { throw invocation.error("compares \(a) with \(b)") }
    _ = try element(invocation)
    return [TensorType(try invocation.broadcastShape(), .bool)]
  }

  private static func element(_ invocation: Invocation) throws -> any Number.Type {
    let type = try invocation.input(0).elementType
    return type == .bool ? UInt8.self : try invocation.number(type)
  }

  /// Axes that are not repeated go with those of the output.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { try invocation.broadcastAxes() }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    kernel(try invocation.broadcastLoop(), try element(invocation))
  }

  private static func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      combine(operands, loop) { (a: Element, b: Element) -> Bool in holds(a, b) }
    }
  }
}
