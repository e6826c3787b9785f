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
  /// Whether numbers beyond the range of a floating point type of eight bits become its largest.
  package let saturates: Bool

  /// Reads the types of both inputs.
  package init(_ call: Invocation) throws(EspalierError) {
    (input, target) = (try call.input(0), try call.input(1).elementType)
    saturates = try call.flag("saturate", default: true)
    for type in [input.elementType, target] { try call.checkCastable(type) }
  }
}
