import Tensors

/// A way to run operators: turns a node whose types are known into a kernel.
public protocol Backend: Sendable {
  /// What a user calls it.
  var name: String { get }

  /// Whether a convolution that does what follows it as well is faster than several nodes.
  var fuses: Bool { get }

  /// In which order the kernel for `invocation`, whose operator is `op`, wants its operands.
  func layout(_ op: any Operator.Type, _ invocation: Invocation) throws -> LayoutRule

  /// The kernel that runs `invocation`, whose operator is `op`, on operands that lie in `order`, but those that the rule of
  /// ``layout(_:_:)`` names.
  func kernel(_ op: any Operator.Type, _ invocation: Invocation, in order: AxisOrder) throws -> any Kernel

  /// The kernel that copies a value of `type` from one order to another.
  func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel
}

extension Backend {
  /// Node by node.
  public var fuses: Bool { false }

  /// Plain order throughout.
  public func layout(_ op: any Operator.Type, _ invocation: Invocation) throws -> LayoutRule { LayoutRule(.plain) }

  /// One copy in plain Swift.
  public func reorder(_ type: TensorType, from source: AxisOrder, to target: AxisOrder) -> any Kernel {
    let copy = StridedCopy(type, from: source, to: target)
    return FunctionKernel { operands in
      copy.run(from: operands.inputs[0]!.address, to: operands.outputs[0].address)
    }
  }
}

/// Plain Swift: obviously right, runs anywhere, the oracle in tests.
public struct ReferenceBackend: Backend {
  /// `reference`.
  public var name: String { "reference" }

  /// The plain backend.
  public init() {}

  /// The operator's own kernel.
  public func kernel(_ op: any Operator.Type, _ invocation: Invocation, in order: AxisOrder) throws -> any Kernel {
    try op.kernel(invocation)
  }
}

/// The backends of this build.
public enum Backends {
  /// All of them, the fastest first.
  public static var all: [any Backend] {
    #if OneDNN
      [OneDNNBackend(), ReferenceBackend()]
    #else
      [ReferenceBackend()]
    #endif
  }

  /// The fastest.
  public static var standard: any Backend { all[0] }
}
