/// A node compiled for fixed shapes: runs as often as wanted on whatever its operands hold.
package protocol Kernel {
  /// Computes the outputs from the inputs.
  func run(_ operands: Operands)
}

/// A kernel made of a function.
package struct FunctionKernel: Kernel {
  private let function: (Operands) -> Void

  /// A kernel that runs `function`.
  package init(_ function: @escaping (Operands) -> Void) {
    self.function = function
  }

  /// Computes the outputs from the inputs.
  package func run(_ operands: Operands) {
    function(operands)
  }
}
