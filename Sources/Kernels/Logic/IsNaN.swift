import EspalierOperators

extension IsNaN: PlainNumberTest {
  /// Whether `x` is not-a-number.
  package func holds(_ x: Double) -> Bool { x.isNaN }
}
