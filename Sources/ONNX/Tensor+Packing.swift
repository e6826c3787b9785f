import EspalierFiles
import EspalierTensors

extension ElementType {
  /// The number of bytes that files take for `count` elements of a type of fixed size.
  func fileByteCount(_ count: Int) -> Int { isPacked ? (count + 1) / 2 : count * (byteCount ?? 0) }
}

extension Tensor {
  /// A tensor of elements of four bits, of which each byte of a file holds two: the first in the low bits.
  init(shape: Shape, elementType: ElementType, packed: [UInt8]) {
    let elements = (0..<shape.elementCount).map { position -> UInt8 in
      let pair = packed[position / 2]
      let bits = position % 2 == 0 ? pair & 15 : pair >> 4
      // Negative numbers keep their sign in memory.
      return elementType == .int4 ? UInt8(bitPattern: Int4(bits: bits).value) : bits
    }
    self.init(shape: shape, elementType: elementType, bytes: elements)
  }

  /// The same tensor with its elements as files hold them; itself unless they are of four bits.
  var fileStorage: ByteStorage {
    guard elementType.isPacked else { return storage }
    let elements = bytes
    return .memory(
      stride(from: 0, to: elements.count, by: 2).map { position in
        let second = position + 1 < elements.count ? elements[position + 1] : 0
        return elements[position] & 15 | second << 4
      })
  }
}
