#if OneDNN
  import EspalierExecution
  import EspalierOperators

  /// An operator with a oneDNN primitive.
  protocol OneDNNOperator: Operator {
    /// The order in which the primitive takes its operands.
    func primitiveLayout(_ node: TypedNode) -> LayoutRule

    /// The primitive compiled for the operands of `node` in `order`, which ``primitiveLayout(_:)`` allows; `nil` if
    /// oneDNN has none or the kernel in Swift is as good.
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)?
  }

  extension OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.plain) }
  }
#endif
