import EspalierOperators
import Foundation

extension ReduceLogSum: PlainFold {
  /// 0.
  package static var start: Double { 0 }

  /// `s + x`.
  package static func fold(_ result: Double, _ x: Double) -> Double { result + x }

  /// `log(s)`.
  package static func finish(_ result: Double) -> Double { log(result) }
}
