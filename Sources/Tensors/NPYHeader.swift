import EspalierFiles

/// The header of an `.npy` file.
///
/// Format: NumPy Enhancement Proposal 1, versions 1.0, 2.0 and 3.0 (`numpy/lib/format.py`).
package struct NPYHeader: Hashable, Sendable {
  /// The type of the elements.
  package var elementType: ElementType
  /// Whether elements are big-endian.
  package var isBigEndian: Bool
  /// Whether the first axis varies fastest in the file (Fortran order), not the last.
  package var isFortranOrder: Bool
  /// The sizes of the axes.
  package var shape: Shape
  /// The offset of the elements in the file, in bytes.
  package var dataOffset: Int

  /// Reads the header of `source` and checks it against the size of the source.
  /// - Throws: `EspalierError` if the source is not `.npy`, holds elements that are not numbers, or has the wrong size.
  package init(reading source: any ByteSource) throws(EspalierError) {
    let subject = source.subject
    guard source.byteCount >= 10 else {
      throw EspalierError(.file, subject, "is not an .npy file, or is truncated: it has \(source.byteCount) bytes")
    }
    var cursor = ByteCursor(try source.read(at: 0, count: min(source.byteCount, 12)))
    guard let magic = cursor.take(6), magic.elementsEqual([0x93] + Array("NUMPY".utf8)) else {
      throw EspalierError(.file, subject, "is not an .npy file: it does not start as one")
    }
    let major = cursor.little(UInt8.self) ?? 0
    let minor = cursor.little(UInt8.self) ?? 0
    guard (1...3).contains(major), minor == 0 else {
      throw EspalierError(.file, subject, "has .npy format \(major).\(minor), and 1.0, 2.0 and 3.0 are understood")
    }
    let lengthSize = major == 1 ? 2 : 4
    let claimed = major == 1 ? cursor.little(UInt16.self).map(Int.init) : cursor.little(UInt32.self).map(Int.init)
    guard let length = claimed, length <= source.byteCount - 8 - lengthSize else {
      throw EspalierError(.file, subject, "is truncated: it ends within its header")
    }
    // NumPy itself rejects longer headers by default.
    guard length <= 1 << 16 else {
      throw EspalierError(.file, subject, "has a header of \(length) bytes, which is no array's")
    }
    let text = try source.read(at: 8 + lengthSize, count: length)
    let fields = try NPYHeaderFields(parsing: text, subject: subject)
    (elementType, isBigEndian) = try NPYHeader.elementType(of: fields.descriptor, subject: subject)
    isFortranOrder = fields.isFortranOrder
    dataOffset = 8 + lengthSize + length
    guard let shape = Shape(checking: fields.shape), shape.rank <= 64 else {
      throw EspalierError(.file, subject, "claims the impossible shape \(fields.shape)")
    }
    self.shape = shape
    guard let size = elementType.byteCount, shape.elementCount * size == source.byteCount - dataOffset else {
      throw EspalierError(
        .file, subject,
        "has \(source.byteCount - dataOffset) bytes of data where its header says \(elementType) of shape \(shape)",
        remedy: "it is truncated or damaged: make it again")
    }
  }

  /// The element type of a NumPy type string such as `<f4`, and whether it is big-endian.
  private static func elementType(of descriptor: String, subject: String) throws(EspalierError) -> (ElementType, Bool) {
    guard let order = descriptor.first, "<>|=".contains(order), let type = codes[String(descriptor.dropFirst())] else {
      throw EspalierError(
        .file, subject,
        "holds elements of NumPy type \(descriptor), and only real and complex numbers and bools are understood",
        remedy: "convert it, as with array.astype(numpy.float32)")
    }
    return (type, order == ">")
  }

  /// NumPy's codes for the element types it shares with ONNX.
  static let codes: [String: ElementType] = [
    "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
    "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "b1": .bool, "c8": .complex64, "c16": .complex128,
  ]
}
