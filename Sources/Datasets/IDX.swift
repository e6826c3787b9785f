import EspalierFiles
import EspalierTensors

/// The file format of MNIST: an array of big-endian elements, plain or gzip.
///
/// Format: Y. LeCun, "The MNIST database of handwritten digits": two zero bytes, the element type, the number of axes,
/// each axis's size as a big-endian 32-bit integer, the elements in row-major order.
package struct IDX: Sendable {
  /// The path of the file.
  package let path: String
  /// The type of the elements.
  package let elementType: ElementType
  /// The sizes of the axes.
  package let shape: Shape
  /// The file's bytes, decompressed.
  let source: any ByteSource
  /// The offset of the elements.
  let dataOffset: Int

  /// Opens the file at `path` and reads its header; gzip is recognised by its first bytes.
  /// - Throws: `EspalierError` if the file is not IDX, or its header contradicts its size.
  package init(_ path: String) throws(EspalierError) {
    let file = try RandomAccessFile(path)
    let isGzip = try Gzip.isGzip(file)
    let front = try ByteReader(file).decompressed()
    let magic = try front.readExactly(count: 4)
    guard magic[0] == 0, magic[1] == 0, let type = IDX.types[magic[2]], magic[3] > 0 else {
      throw EspalierError(.file, path, "is not an IDX file: it does not start as one")
    }
    var cursor = ByteCursor(try front.readExactly(count: 4 * Int(magic[3])))
    var sizes: [Int] = []
    while let size = cursor.big(UInt32.self) { sizes.append(Int(size)) }
    guard let shape = Shape(checking: sizes) else {
      throw EspalierError(.file, path, "claims the impossible shape \(sizes)")
    }
    self.path = path
    self.elementType = type
    self.shape = shape
    dataOffset = 4 + 4 * sizes.count
    let byteCount = dataOffset + shape.elementCount * type.byteCount!
    if isGzip {
      guard byteCount / Gzip.largestRatio <= file.byteCount else {
        throw EspalierError(
          .file, path, "is truncated: no \(file.byteCount) bytes decompress to the \(byteCount) of shape \(shape)")
      }
      source = GzipFile(path, byteCount: byteCount)
    } else {
      guard byteCount == file.byteCount else {
        throw EspalierError(
          .file, path, "has \(file.byteCount) bytes, and \(elementType) elements of shape \(shape) take \(byteCount)",
          remedy: "it is truncated or damaged: fetch it again")
      }
      source = file
    }
  }

  private static let types: [UInt8: ElementType] = [
    0x08: .uint8, 0x09: .int8, 0x0B: .int16, 0x0C: .int32, 0x0D: .float32, 0x0E: .float64,
  ]

  /// The samples along the first axis; grey levels (`uint8`) are scaled to 0...1, other elements are unchanged.
  func samples() throws(EspalierError) -> StoredSamples {
    try StoredSamples(
      source, dataOffset: dataOffset, shape: shape, elementType: elementType, isBigEndian: true,
      divisor: elementType == .uint8 ? 255 : 1)
  }

  /// The elements of an array of one axis, as classes.
  func labels() throws(EspalierError) -> [Int] {
    guard shape.rank == 1, !elementType.isFloatingPoint else {
      throw EspalierError(
        .data, path, "has \(elementType) labels of shape \(shape), and one class for each sample is needed")
    }
    let reader = try source.reader(from: dataOffset)
    var raw = try reader.readExactly(count: shape.elementCount * elementType.byteCount!)
    try reader.expectEnd()
    let size = elementType.byteCount!
    for start in stride(from: 0, to: raw.count, by: size) { raw[start..<start + size].reverse() }
    return Tensor(shape: shape, elementType: elementType, bytes: raw).integers() ?? []
  }
}
