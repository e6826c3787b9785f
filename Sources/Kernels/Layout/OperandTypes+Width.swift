import EspalierOperators
import EspalierTensors

extension OperandTypes {
  /// The bytes of an element of the input at `position`, which must be present and not text.
  package func elementWidth(ofInput position: Int = 0) -> Int { inputs[position]?.elementType.byteCount ?? 1 }

  /// The shape of the input at `position`, which must be present.
  package func shape(ofInput position: Int) -> Shape { inputs[position]?.shape ?? [] }
}
