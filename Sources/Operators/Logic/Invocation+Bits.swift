import EspalierFiles
import EspalierTensors

extension Invocation {
  /// Two operands of one type of whole numbers that broadcast to each other.
  func wholeOperands() throws(EspalierError) -> (Broadcast, ElementType) {
    let (broadcast, elementType) = try binaryOperands()
    guard !elementType.isFloatingPoint else { throw error("takes the bits of whole numbers, not of \(elementType)") }
    return (broadcast, elementType)
  }
}
