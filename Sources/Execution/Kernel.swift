/// A node compiled for fixed shapes. It can be run any number of times.
package protocol Kernel {
  /// Computes the outputs from the inputs.
  func run(_ operands: Operands)
}

/// A kernel that calls a function.
package struct FunctionKernel: Kernel {
  private let function: (Operands) -> Void

  /// A kernel that runs `function`.
  package init(_ function: @escaping (Operands) -> Void) {
    self.function = function
  }

  /// Calls the function.
  package func run(_ operands: Operands) {
    function(operands)
  }
}
