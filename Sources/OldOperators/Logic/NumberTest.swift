import Graph
import Tensors

/// An operator that asks a question of each fraction: truth values of the input's shape.
public protocol NumberTest: Operator {
  /// The question that a node asks.
  ///
  /// - Throws: `DataError` where an attribute is not what it must be.
  static func test(_ invocation: Invocation) throws -> @Sendable (Double) -> Bool
}

extension NumberTest {
  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// Truth values, of the input's shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let type = try invocation.input(0)
    guard type.elementType == .float32 || type.elementType == .float64 else {
      throw invocation.error("cannot ask it of \(type.elementType)")
    }
    _ = try test(invocation)
    return [TensorType(type.shape, .bool)]
  }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    .identity(rank: try invocation.input(0).shape.rank)
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    kernel(try invocation.number(try invocation.input(0).elementType), try test(invocation))
  }

  private static func kernel<Element: Number>(
    _ type: Element.Type, _ test: @escaping @Sendable (Double) -> Bool
  ) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Element.self)
      let target = operands.outputs[0].elements(as: Bool.self)
      for i in 0..<target.count { target[i] = test(source[i].double) }
    }
  }
}
