import EspalierExecution

extension Buffer {
  /// Fills the buffer with zeros.
  package func clear() { address.initializeMemory(as: UInt8.self, repeating: 0, count: type.byteCount) }
}
