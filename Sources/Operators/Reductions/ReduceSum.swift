import EspalierFiles
import EspalierGraph

/// The sum over axes.
package struct ReduceSum: Reduction {
  /// `ReduceSum`.
  package static let name: OperatorName = "ReduceSum"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// 1.
  package static func factor(count: Int) -> Float { 1 }
}
