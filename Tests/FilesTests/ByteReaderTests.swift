import EspalierFiles
import EspalierTestSupport
import Testing

@Suite struct ByteReaderTests {
  /// The bytes that `reader` still has, read in pieces of `size`.
  private func all(_ reader: ByteReader, piece size: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: size)
    while case let count = try piece.withUnsafeMutableBytes({ try reader.read(into: $0) }), count > 0 {
      bytes += piece[..<count]
    }
    return bytes
  }

  @Test(arguments: [0, 1, 2, 3, 100], [1, 2, 64])
  func bytesThatAreNotGzipStayAsTheyAre(count: Int, piece: Int) throws {
    let bytes = (0..<count).map { UInt8($0) }
    let memory = try ByteReader(BytesInMemory(bytes, subject: "memory")).decompressed()
    #expect(try all(memory, piece: piece) == bytes)
    let directory = try TemporaryDirectory()
    let file = try ByteReader(directory.file("plain", bytes)).decompressed()
    #expect(try all(file, piece: piece) == bytes)
  }

  @Test(arguments: [1, 3, 8192])
  func gzipIsSeenFromItsFirstBytes(piece: Int) throws {
    let reader = try ByteReader(fixture("two-members.gz")).decompressed()
    #expect(try all(reader, piece: piece) == (0..<5000).map { UInt8($0 % 251) })
  }

  @Test func whatIsPassedOverIsNotRead() throws {
    let reader = ByteReader(BytesInMemory([1, 2, 3, 4], subject: "memory"))
    try reader.skip(2)
    #expect(try reader.readExactly(count: 2) == [3, 4])
    try reader.expectEnd()
    #expect(throws: EspalierError.self) { try reader.skip(1) }
  }

  @Test func aReaderThatEndsEarlySaysSo() throws {
    let reader = ByteReader(BytesInMemory([1, 2, 3], subject: "memory"))
    let error = try #require(dataError { () throws(EspalierError) in try reader.readExactly(count: 5) })
    #expect(error.description == "memory: is truncated: it ends 2 bytes early")
  }

  @Test func whatCannotBeOpenedIsNamed() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.path + "/missing"
    let error = try #require(dataError { () throws(EspalierError) in try ByteReader(missing) })
    #expect(error.description == "\(missing): there is no such file; check the path")
    let folder = try #require(dataError { () throws(EspalierError) in try ByteReader(directory.path) })
    #expect(folder.description == "\(directory.path): is a directory, not a file")
  }
}
