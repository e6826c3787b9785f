/// A way to run operators: turns a node whose types are known into a kernel.
public protocol Backend: Sendable {
  /// What a user calls it.
  var name: String { get }

  /// The kernel that runs `invocation`, whose operator is `op`.
  func kernel(_ op: any Operator.Type, _ invocation: Invocation) throws -> any Kernel
}

/// Plain Swift: obviously right, runs anywhere, the oracle in tests.
public struct ReferenceBackend: Backend {
  /// `reference`.
  public var name: String { "reference" }

  /// The plain backend.
  public init() {}

  /// The operator's own kernel.
  public func kernel(_ op: any Operator.Type, _ invocation: Invocation) throws -> any Kernel {
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
