import Graph
import Tensors

/// An operator that combines two tensors of truth values element by element, broadcast to each other.
public protocol LogicalOperator: Operator {
  /// `f(a, b)`.
  static func value(_ a: Bool, _ b: Bool) -> Bool
}

extension LogicalOperator {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The shape both operands broadcast to.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    for position in 0..<2 { _ = try invocation.truthInput(position) }
    return [TensorType(try invocation.broadcastShape(), .bool)]
  }

  /// Axes that are not repeated go with those of the output.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { try invocation.broadcastAxes() }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let loop = try invocation.broadcastLoop()
    return FunctionKernel { operands in
      combine(operands, loop) { (a: Bool, b: Bool) -> Bool in value(a, b) }
    }
  }
}

extension Invocation {
  /// The type of the input at `position`, which must be there and hold truth values.
  func truthInput(_ position: Int) throws -> TensorType {
    let type = try input(position)
    guard type.elementType == .bool else { throw error("takes truth values, not \(type.elementType)") }
    return type
  }
}
