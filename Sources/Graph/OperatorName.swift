/// The name of an operator: its domain (empty for the ONNX standard) and its type, as in `Gemm`.
package struct OperatorName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// Who defines the operator; empty for the ONNX standard itself.
  package var domain: String
  /// What the operator is called there.
  package var type: String

  /// Names the operator `type` of `domain`. `ai.onnx` is another way to write the standard domain.
  package init(_ type: String, domain: String = "") {
    self.domain = domain == "ai.onnx" ? "" : domain
    self.type = type
  }

  /// Names an operator of the ONNX standard.
  package init(stringLiteral type: String) {
    self.init(type)
  }

  /// An operator of the project's own, which never stands in a file: derivatives, losses and statistics.
  package static func own(_ type: String) -> OperatorName {
    OperatorName(type, domain: "espalier")
  }

  /// `Gemm`, or `domain::Gemm`.
  package var description: String { domain.isEmpty ? type : "\(domain)::\(type)" }
}
