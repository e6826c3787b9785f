import EspalierOperators

extension ReduceSumSquare: PlainFold {
  /// 0.
  package static var start: Double { 0 }

  /// `s + x^2`.
  package static func fold(_ result: Double, _ x: Double) -> Double { result + x * x }
}
