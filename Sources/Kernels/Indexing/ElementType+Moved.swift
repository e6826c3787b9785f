import EspalierTensors

extension ElementType {
  /// Whole numbers of the same width, for kernels that only move elements; the type must have at most 8 bytes.
  var moved: any Number.Type {
    switch byteCount {
    case 1: UInt8.self
    case 2: UInt16.self
    case 4: UInt32.self
    default: UInt64.self
    }
  }
}
