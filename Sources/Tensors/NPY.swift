import EspalierFiles
import Foundation

/// NumPy's file of one array, `.npy`.
package enum NPY {
  /// The header of the file at `path`: the array's type and shape, and the offset of its elements.
  package static func readHeader(_ path: String) throws(EspalierError) -> NPYHeader {
    try NPYHeader(reading: RandomAccessFile(path))
  }

  /// The array in the file at `path`. Fortran order and big-endian elements are converted.
  /// - Throws: `EspalierError` if the file is not a valid array.
  /// - Complexity: linear in the bytes of the file.
  package static func read(_ path: String) throws(EspalierError) -> Tensor {
    try read(RandomAccessFile(path))
  }

  /// The array in the `.npy` bytes of `source`.
  package static func read(_ source: any ByteSource) throws(EspalierError) -> Tensor {
    let header = try NPYHeader(reading: source)
    var bytes = try source.read(at: header.dataOffset, count: source.byteCount - header.dataOffset)
    if header.isBigEndian { reverseBytes(&bytes, of: header.elementType) }
    if header.elementType == .bool {
      for position in bytes.indices where bytes[position] > 1 { bytes[position] = 1 }
    }
    guard header.isFortranOrder else {
      return Tensor(shape: header.shape, elementType: header.elementType, bytes: bytes)
    }
    return fromFortranOrder(bytes, shape: header.shape, elementType: header.elementType)
  }

  /// Writes `tensor` to `path` as NumPy would, byte for byte; the file is written whole or not at all.
  /// - Throws: `EspalierError` for text and `bfloat16`, which the format does not support, and if the file cannot be
  ///   written.
  package static func write(_ tensor: Tensor, to path: String) throws(EspalierError) {
    try AtomicFile.write([(path: path, pieces: [.memory(header(of: tensor, subject: path)), tensor.storage])])
  }

  /// The bytes of an `.npy` file before those of the elements.
  static func header(of tensor: Tensor, subject: String) throws(EspalierError) -> [UInt8] {
    guard let code = NPYHeader.codes.first(where: { $0.value == tensor.elementType })?.key else {
      throw EspalierError(
        .file, subject, "cannot be written: NumPy has no element type \(tensor.elementType)",
        remedy: "convert it to float32")
    }
    let order = tensor.elementType.byteCount == 1 ? "|" : "<"
    let sizes = tensor.shape.map(String.init)
    let tuple = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    var text = "{'descr': '\(order)\(code)', 'fortran_order': False, 'shape': \(tuple), }"
    // Padding with which the first axis can grow to 21 digits in place, as in NumPy.
    if let first = sizes.first { text += String(repeating: " ", count: 21 - first.utf8.count) }
    // At least one byte of padding (the last is the newline), up to a multiple of 64.
    let lengthSize = text.utf8.count + 128 > 0xFFFF ? 4 : 2
    let padding = 64 - (8 + lengthSize + text.utf8.count + 1) % 64
    text += String(repeating: " ", count: padding) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [lengthSize == 2 ? 1 : 2, 0]
    for byte in 0..<lengthSize { bytes.append(UInt8(truncatingIfNeeded: text.utf8.count >> (8 * byte))) }
    return bytes + Array(text.utf8)
  }

  /// Reverses the bytes of each number; a complex number is two.
  private static func reverseBytes(_ bytes: inout [UInt8], of type: ElementType) {
    let isComplex = type == .complex64 || type == .complex128
    guard let size = type.byteCount.map({ isComplex ? $0 / 2 : $0 }), size > 1 else { return }
    bytes.withUnsafeMutableBufferPointer { buffer in
      for start in stride(from: 0, to: buffer.count, by: size) {
        for byte in 0..<size / 2 { buffer.swapAt(start + byte, start + size - 1 - byte) }
      }
    }
  }

  /// The tensor whose elements lie in `bytes` with the first axis fastest.
  private static func fromFortranOrder(_ bytes: [UInt8], shape: Shape, elementType: ElementType) -> Tensor {
    let size = elementType.byteCount!
    let strides = shape.strides
    var index = [Int](repeating: 0, count: shape.rank)
    var target = 0
    let ordered = [UInt8](count: bytes.count) { buffer in
      for source in stride(from: 0, to: bytes.count, by: size) {
        for byte in 0..<size { buffer[target * size + byte] = bytes[source + byte] }
        // The next element: the first axis counts fastest and carries into the next.
        for axis in 0..<shape.rank {
          index[axis] += 1
          target += strides[axis]
          if index[axis] < shape[axis] { break }
          target -= strides[axis] * shape[axis]
          index[axis] = 0
        }
      }
    }
    return Tensor(shape: shape, elementType: elementType, bytes: ordered)
  }
}
