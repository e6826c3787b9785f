import EspalierOperators

extension IsNaN: PlainNumberTest {
  /// Whether `x` is no number.
  package func holds(_ x: Double) -> Bool { x.isNaN }
}
