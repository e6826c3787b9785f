import CEspalierJPEG
import CEspalierPNG
import EspalierFiles

extension Image {
  /// The maximum number of pixels, that of Pillow: a small file may claim a huge image.
  package static let mostPixels = 178_956_970

  /// The number of pixels that a file of any size may have.
  fileprivate static let pixelsFromAnyFile = 1 << 25
  /// The largest number of pixels a byte in a file with more: an eighth of a bit for each.
  fileprivate static let mostPixelsPerByte = 64

  /// Decodes a JPEG or PNG file, identified by its first bytes, to the pixels of Pillow's `convert("RGB")`.
  ///
  /// Grey levels, palettes and CMYK become red, green and blue; transparency, colour profiles and the EXIF orientation
  /// are ignored. Of 16-bit channels the upper eight bits are used, but 16-bit grey levels are clamped to 255.
  /// - Throws: `EspalierError` with `subject` if the bytes are of another format, damaged or truncated, or claim more
  ///   than `mostPixels`.
  package init(decoding bytes: [UInt8], subject: String) throws(EspalierError) {
    guard let decoder = ImageDecoder.all.first(where: { bytes.starts(with: $0.signature) }) else {
      throw EspalierError(
        .file, subject, bytes.isEmpty ? "is empty" : "is not an image: it starts neither as JPEG nor as PNG does")
    }
    self = try decoder.decode(bytes, subject: subject)
  }

  /// Reads and decodes the file at `path`.
  /// - Throws: `EspalierError` that names the file.
  package init(contentsOf path: String) throws(EspalierError) {
    try self.init(decoding: FileContents.read(path), subject: path)
  }
}

/// The header of an image file.
private struct ImageHeader {
  var width: Int32 = 0
  var height: Int32 = 0
  /// The bytes per pixel delivered by the library: 3, or 4 for inverted CMYK.
  var components: Int32 = 3

  var pixelCount: Int { Int(width) * Int(height) }
}

/// A decoder for one format.
private struct ImageDecoder {
  /// The name of the format.
  let format: String
  /// The first bytes of its files.
  let signature: [UInt8]
  /// The size of the buffer for the library's message.
  let messageSize: Int
  /// Reads the header and, if there is a buffer, the pixels; 0 on success.
  let read:
    @Sendable (
      UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>?, inout ImageHeader, UnsafeMutablePointer<CChar>
    ) -> Int32

  static let all = [jpeg, png]

  static let jpeg = ImageDecoder(
    format: "JPEG", signature: [0xFF, 0xD8, 0xFF], messageSize: espalier_jpeg_message_size(),
    read: { bytes, pixels, header, message in
      espalier_jpeg_read(
        bytes.baseAddress, bytes.count, pixels?.baseAddress, pixels?.count ?? 0, &header.width, &header.height,
        &header.components, message)
    })

  static let png = ImageDecoder(
    format: "PNG", signature: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
    messageSize: espalier_png_message_size(),
    read: { bytes, pixels, header, message in
      espalier_png_read(
        bytes.baseAddress, bytes.count, pixels?.baseAddress, pixels?.count ?? 0, &header.width, &header.height, message)
    })

  func decode(_ bytes: [UInt8], subject: String) throws(EspalierError) -> Image {
    var header = ImageHeader()
    try check(bytes, into: nil, &header, subject)
    guard header.width > 0, header.height > 0 else { throw EspalierError(.file, subject, "is an image without pixels") }
    guard header.pixelCount <= Image.mostPixels else {
      throw EspalierError(
        .file, subject, "claims \(header.width) x \(header.height) pixels, and at most \(Image.mostPixels) are decoded",
        remedy: "make it smaller if it really is an image")
    }
    guard header.pixelCount <= Image.pixelsFromAnyFile || header.pixelCount / Image.mostPixelsPerByte <= bytes.count
    else {
      throw EspalierError(
        .file, subject,
        "claims \(header.width) x \(header.height) pixels in \(bytes.count) bytes, as no photograph has",
        remedy: "make it smaller if it really is an image")
    }
    let size = header
    let pixels = try [UInt8](count: header.pixelCount * Int(header.components)) { buffer throws(EspalierError) in
      try check(bytes, into: buffer.bindMemory(to: UInt8.self), &header, subject)
    }
    return Image(
      width: Int(size.width), height: Int(size.height), pixels: size.components == 4 ? Inks.colors(pixels) : pixels)
  }

  private func check(
    _ bytes: [UInt8], into pixels: UnsafeMutableBufferPointer<UInt8>?, _ header: inout ImageHeader, _ subject: String
  ) throws(EspalierError) {
    let fault: String? = withUnsafeTemporaryAllocation(of: CChar.self, capacity: messageSize) { message in
      guard let text = message.baseAddress else { return "no memory" }
      text.initialize(repeating: 0, count: messageSize)
      let status = bytes.withUnsafeBufferPointer { read($0, pixels, &header, text) }
      return status == 0 ? nil : String(cString: text)
    }
    if let fault {
      throw EspalierError(.file, subject, "is a damaged \(format) file: \(fault)", remedy: "fetch or convert it again")
    }
  }
}

/// CMYK as Adobe's programs store it, inverted: 255 is no ink.
private enum Inks {
  /// Red, green and blue of each pixel, by Pillow's formula: each ink applies to the light that black leaves.
  static func colors(_ inks: [UInt8]) -> [UInt8] {
    var colors = [UInt8]()
    colors.reserveCapacity(inks.count / 4 * 3)
    for start in stride(from: 0, to: inks.count - 3, by: 4) {
      let light = Int(inks[start + 3])
      for channel in 0..<3 {
        let product = (255 - Int(inks[start + channel])) * light + 128
        colors.append(UInt8(clamping: light - (((product >> 8) + product) >> 8)))
      }
    }
    return colors
  }
}
