import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The remainder of a division, element by element, broadcast: `Y = A - B q`. For whole numbers `q = floor(A / B)`, so
/// that `Y` has the sign of `B`; with the attribute `fmod`, which floating point numbers require, `q` is rounded
/// towards 0 and `Y` has the sign of `A`.
///
/// The remainder of whole numbers by 0 is 0.
package struct Modulo: Operator {
  /// `Mod`.
  package static let name: OperatorName = "Mod"

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// Whether the quotient is rounded towards 0.
  package let isTruncated: Bool
  private let broadcast: Broadcast
  private let elementType: ElementType

  /// Reads `fmod`.
  package init(_ call: Invocation) throws(EspalierError) {
    _ = try call.input(1)
    elementType = try call.numericElementType()
    isTruncated = try call.flag("fmod")
    guard isTruncated || !elementType.isFloatingPoint else {
      throw call.error("takes remainders of fractions only with the attribute fmod")
    }
    broadcast = try Broadcast(call)
  }

  /// The shape to which both operands broadcast, with their element type.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, elementType)] }

  /// Axes that are not broadcast are tied to those of the output.
  package var axes: AxisRule? { broadcast.axes }
}
