import EspalierOperators

extension IsInfinite: PlainNumberTest {
  /// Whether `x` is one of the infinities that are looked for.
  package func holds(_ x: Double) -> Bool { x == .infinity && detectsPositive || x == -.infinity && detectsNegative }
}
