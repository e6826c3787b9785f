import EspalierFiles
import EspalierImages

extension Parser {
  /// Gzip, decompressed up to 16 MiB.
  static let gzip = Parser("gzip", in: "bytes.gz") { (path) throws(EspalierError) in
    _ = try Gzip.inflate(path, limit: 1 << 24)
  }

  /// Zip archives, with all their entries.
  static let zip = Parser("zip", in: "archive.zip") { (path) throws(EspalierError) in
    let archive = try ZipArchive(path)
    for entry in archive.entries { _ = try archive.contents(of: entry) }
  }

  /// JSON texts.
  static let json = Parser("json") { (bytes) throws(EspalierError) in
    _ = try JSONValue(parsing: bytes, subject: "input")
  }

  /// JPEG and PNG, to pixels.
  static let image = Parser("image") { (bytes) throws(EspalierError) in
    _ = try Image(decoding: bytes, subject: "input")
  }
}
