import EspalierOperators

extension ReduceL1: PlainFold {
  /// 0.
  package static var start: Double { 0 }

  /// `s + |x|`.
  package static func fold(_ result: Double, _ x: Double) -> Double { result + abs(x) }
}
