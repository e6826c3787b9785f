import EspalierOperators

extension IsInfinite: PlainNumberTest {
  /// Whether `x` is one of the infinities to be detected.
  package func holds(_ x: Double) -> Bool { x == .infinity && detectsPositive || x == -.infinity && detectsNegative }
}
