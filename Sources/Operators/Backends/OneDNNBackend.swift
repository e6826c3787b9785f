#if OneDNN
  import COneDNN
  import Tensors

  /// An operator that oneDNN has a primitive for.
  protocol OneDNNOperator: Operator {
    /// In which order the kernel wants its operands.
    static func layout(_ invocation: Invocation) throws -> LayoutRule

    /// The primitive compiled for the shapes of `invocation` and operands that lie in `order`, one that ``layout(_:)`` allows;
    /// `nil` where oneDNN has none or the plain kernel is as good.
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)?
  }

  extension OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.plain) }
  }

  /// oneDNN's primitives, created once for each node of a plan; plain Swift where oneDNN has nothing to add.
  ///
  /// Feature maps lie channels last around the operators that are faster so: convolutions, pools, normalisations. Element-wise
  /// operators take what comes.
  public struct OneDNNBackend: Backend {
    /// `onednn`.
    public var name: String { "onednn" }

    /// A pass over memory less for each node that is fused.
    public var fuses: Bool { true }

    /// The backend on the processor's cores.
    public init() {}

    /// What the operator's primitive asks for; any order for element-wise operators.
    public func layout(_ op: any Operator.Type, _ invocation: Invocation) throws -> LayoutRule {
      if let accelerated = op as? any OneDNNOperator.Type { return try accelerated.layout(invocation) }
      return LayoutRule(op.isElementwise && invocation.broadcastsInAnyOrder ? .any : .plain)
    }

    /// oneDNN's kernel where the operator has one, else the plain one.
    public func kernel(_ op: any Operator.Type, _ invocation: Invocation, in order: AxisOrder) throws -> any Kernel {
      if let accelerated = op as? any OneDNNOperator.Type,
        let kernel = try accelerated.primitive(invocation, in: order)
      {
        return kernel
      }
      if op.isElementwise, !invocation.outputs.isEmpty { return try ElementwiseParts(op, invocation, in: order) }
      let plain = try op.kernel(invocation)
      return order == .plain ? plain : PlainOrderKernel(plain, invocation)
    }

    /// A reordering primitive for single precision numbers, else the plain copy.
    public func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel {
      let plain = StridedCopy(type, from: source, to: target)
      guard type.elementType == .float32, let reorder = ReorderPrimitive(type.shape, from: source, to: target) else {
        return FunctionKernel { plain.run(from: $0.inputs[0]!.address, to: $0.outputs[0].address) }
      }
      return reorder
    }

    /// The version of the library in use, as in `2.6.3`.
    public static var version: String {
      let version = espalier_dnnl_version()
      return "\(version.major).\(version.minor).\(version.patch)"
    }
  }
#endif
