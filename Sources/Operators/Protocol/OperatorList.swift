extension OperatorRegistry {
  /// Operators of the ONNX standard, and those that ONNX Runtime puts in their place.
  public static let standard: [any Operator.Type] = []

  /// Operators of the project's own, for derivatives, losses and statistics. They never stand in a file.
  public static let own: [any Operator.Type] = []

  /// Operators that do the work of others and of what follows them.
  public static let fusing: [any FusingOperator.Type] = []
}
