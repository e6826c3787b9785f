import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The elements of the first input converted to the type of the second, as by ``Cast``.
package struct CastLike: CastingOperator {
  /// `CastLike`.
  package static let name: OperatorName = "CastLike"

  /// The type of the first input.
  package let input: TensorType
  /// The type of the second input's elements.
  package let target: ElementType
  /// None: the second input is in single precision if it is of half precision.
  package var rounding: ElementType? { nil }

  /// Reads the types of both inputs.
  package init(_ call: Invocation) throws(EspalierError) {
    (input, target) = (try call.input(0), try call.input(1).elementType)
    for type in [input.elementType, target] where type != .bool { try call.checkNumeric(type) }
  }
}
