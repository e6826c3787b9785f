import EspalierOperators

extension Xor: PlainLogicalOperator {
  /// `a != b`.
  package static func value(_ a: Bool, _ b: Bool) -> Bool { a != b }
}
