/// The name of an operator: its domain (empty for the ONNX standard) and its type, as in `Gemm`.
package struct OperatorName: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The organisation that defines the operator; empty for the ONNX standard.
  package var domain: String
  /// The operator's name within the domain.
  package var type: String

  /// Names the operator `type` of `domain`. `ai.onnx` is an alias of the standard domain.
  package init(_ type: String, domain: String = "") {
    self.domain = domain == "ai.onnx" ? "" : domain
    self.type = type
  }

  /// Names an operator of the ONNX standard.
  package init(stringLiteral type: String) {
    self.init(type)
  }

  /// An operator defined by this project, which never appears in a file: derivatives, losses and statistics.
  package static func own(_ type: String) -> OperatorName {
    OperatorName(type, domain: "espalier")
  }

  /// `Gemm`, or `domain::Gemm`.
  package var description: String { domain.isEmpty ? type : "\(domain)::\(type)" }
}
