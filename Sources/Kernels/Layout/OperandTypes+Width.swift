import EspalierOperators
import EspalierTensors

extension OperandTypes {
  /// The bytes of an element of the input at `position`, which is there and not text.
  package func elementWidth(ofInput position: Int = 0) -> Int { inputs[position]?.elementType.byteCount ?? 1 }

  /// The shape of the input at `position`, which is there.
  package func shape(ofInput position: Int) -> Shape { inputs[position]?.shape ?? [] }
}
