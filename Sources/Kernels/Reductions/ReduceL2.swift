import EspalierOperators
import Foundation

extension ReduceL2: PlainFold {
  /// 0.
  package static var start: Double { 0 }

  /// `s + x^2`.
  package static func fold(_ result: Double, _ x: Double) -> Double { result + x * x }

  /// `sqrt(s)`.
  package static func finish(_ result: Double) -> Double { sqrt(result) }
}
