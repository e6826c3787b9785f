import EspalierExecution
import EspalierOperators

/// A function of two truth values in plain Swift: the operator states it, and its kernel follows.
package protocol PlainLogicalOperator: LogicalOperator, PlainOperator {
  /// `f(a, b)`.
  static func value(_ a: Bool, _ b: Bool) -> Bool
}

extension PlainLogicalOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let loop = Broadcasting.loop(types)
    return FunctionKernel { operands in
      combine(operands, loop) { (a: Bool, b: Bool) -> Bool in Self.value(a, b) }
    }
  }
}
