import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The numbers `start`, `start + delta`, ... before `limit`; all three are inputs that must be known before the network
/// runs.
package struct NumberRange: Operator {
  /// `Range`.
  package static let name: OperatorName = "Range"

  /// Start, limit and delta.
  package static var inputsKnownBeforehand: [Int] { [0, 1, 2] }

  /// The first number.
  package let start: Double
  /// The difference of adjacent numbers.
  package let delta: Double
  private let type: TensorType

  /// Reads start, limit and delta.
  package init(_ call: Invocation) throws(EspalierError) {
    let elementType = try call.numericElementType()
    var bounds: [Double] = []
    for position in 0..<3 {
      guard let value = try call.knownInput(position).doubles(), value.count == 1 else {
        throw call.error("takes numbers, not tensors")
      }
      bounds.append(value[0])
    }
    let count = ((bounds[1] - bounds[0]) / bounds[2]).rounded(.up)
    guard bounds[2] != 0, let count = Int(exactly: max(0, count)), Shape(checking: [count]) != nil else {
      throw call.error("cannot count from \(bounds[0]) to \(bounds[1]) by \(bounds[2])")
    }
    (start, delta) = (bounds[0], bounds[2])
    type = TensorType([count], elementType)
  }

  /// A vector of the numbers.
  package var outputs: [TensorType] { [type] }

  /// The vector is frozen.
  package var axes: AxisRule? { .statesElements }
}
