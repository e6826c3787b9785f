#if OneDNN
  import EspalierExecution
  import EspalierOperators

  /// An operator that oneDNN has a primitive for.
  protocol OneDNNOperator: Operator {
    /// In which order the kernel wants its operands.
    func primitiveLayout(_ node: TypedNode) -> LayoutRule

    /// The primitive compiled for the operands of `node`, which lie in `order`, one that ``primitiveLayout(_:)`` allows; `nil`
    /// where oneDNN has none or the kernel in Swift is as good.
    func primitive(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)?
  }

  extension OneDNNOperator {
    func primitiveLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.plain) }
  }
#endif
