import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The remainder of a division, element by element, broadcast: `Y = A - B q`. Of whole numbers `q = floor(A / B)`, so
/// that `Y` has the sign of `B`; where the attribute `fmod` is set, as it must be for fractions, `q` is cut off and `Y`
/// has the sign of `A`.
///
/// The remainder of whole numbers by 0 is 0.
package struct Modulo: Operator {
  /// `Mod`.
  package static let name: OperatorName = "Mod"

  /// Each element on its own.
  package static var isElementwise: Bool { true }

  /// Whether the quotient is cut off.
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

  /// The shape both operands broadcast to, of their type.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, elementType)] }

  /// Axes that are not repeated go with those of the output.
  package var axes: AxisRule? { broadcast.axes }
}
