/// The name of an operator: its domain (empty for the ONNX standard) and its type, as in `Gemm`.
public struct OperatorName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// Who defines the operator; empty for the ONNX standard itself.
  public var domain: String
  /// What the operator is called there.
  public var type: String

  /// Names the operator `type` of `domain`. `ai.onnx` is another way to write the standard domain.
  public init(_ type: String, domain: String = "") {
    self.domain = domain == "ai.onnx" ? "" : domain
    self.type = type
  }

  /// Names an operator of the ONNX standard.
  public init(stringLiteral type: String) {
    self.init(type)
  }

  /// An operator of the project's own, which never stands in a file: derivatives, losses and statistics.
  public static func own(_ type: String) -> OperatorName {
    OperatorName(type, domain: "espalier")
  }

  /// `Gemm`, or `domain::Gemm`.
  public var description: String { domain.isEmpty ? type : "\(domain)::\(type)" }
}
