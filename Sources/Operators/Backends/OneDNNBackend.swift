#if OneDNN
  import COneDNN

  /// An operator that oneDNN has a primitive for.
  protocol OneDNNOperator: Operator {
    /// The primitive compiled for the shapes of `invocation`; `nil` where the plain kernel is as good.
    static func primitive(_ invocation: Invocation) throws -> (any Kernel)?
  }

  /// oneDNN's primitives, created once for each node of a plan; plain Swift where oneDNN has nothing to add.
  public struct OneDNNBackend: Backend {
    /// `onednn`.
    public var name: String { "onednn" }

    /// The backend on the processor's cores.
    public init() {}

    /// oneDNN's kernel where the operator has one, else the plain one.
    public func kernel(_ op: any Operator.Type, _ invocation: Invocation) throws -> any Kernel {
      if let accelerated = op as? any OneDNNOperator.Type, let kernel = try accelerated.primitive(invocation) {
        return kernel
      }
      return try op.kernel(invocation)
    }

    /// The version of the library in use, as in `2.6.3`.
    public static var version: String {
      let version = espalier_dnnl_version()
      return "\(version.major).\(version.minor).\(version.patch)"
    }
  }
#endif
