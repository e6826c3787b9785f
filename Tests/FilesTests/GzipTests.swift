import EspalierFiles
import EspalierTestSupport
import Testing

/// The contents of every fixture.
private let expected = (0..<5000).map { UInt8($0 % 251) }

@Suite struct GzipTests {
  @Test(arguments: ["one.gz", "two-members.gz"])
  func inflatesWholeFiles(name: String) throws {
    #expect(try Gzip.inflate(fixture(name)) == expected)
  }

  @Test func inflatesNothing() throws {
    #expect(try Gzip.inflate(fixture("empty.gz")).isEmpty)
  }

  @Test(arguments: ["one.gz", "two-members.gz"], [1, 7, 1999, 5000, 9000])
  func streamsInPiecesOfAnySize(name: String, size: Int) throws {
    let stream = try ByteReader(gzip: fixture(name))
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: size)
    while case let count = try piece.withUnsafeMutableBytes({ try stream.read(into: $0) }), count > 0 {
      bytes += piece[..<count]
    }
    #expect(bytes == expected)
  }

  @Test func refusesMoreThanTheLimit() throws {
    let error = try #require(dataError { () throws(EspalierError) in try Gzip.inflate(fixture("one.gz"), limit: 4999) })
    #expect(error.fault.contains("4999"))
  }

  @Test func everyTruncationIsRefused() throws {
    let directory = try TemporaryDirectory()
    let bytes = try fixtureBytes("one.gz")
    for count in 0..<bytes.count {
      let path = try directory.file("cut.gz", bytes[..<count])
      let error = try #require(dataError { () throws(EspalierError) in try Gzip.inflate(path) }, "\(count) bytes")
      #expect(error.subject == path)
      #expect(error.fault.contains("truncated"))
    }
  }

  @Test func aWrongChecksumIsRefused() throws {
    let directory = try TemporaryDirectory()
    var bytes = try fixtureBytes("one.gz")
    bytes[bytes.count - 8] ^= 1
    let path = try directory.file("damaged.gz", bytes)
    let error = try #require(dataError { () throws(EspalierError) in try Gzip.inflate(path) })
    #expect(error.description.contains("damaged.gz: is corrupt"))
    #expect(error.description.contains("incorrect data check"))
  }

  @Test func aGzipFileGivesTheSameBytesByPositionAndInOrder() throws {
    let file = GzipFile(fixture("two-members.gz"), byteCount: 5000)
    #expect(try file.read(at: 1990, count: 20) == Array(expected[1990..<2010]))
    let reader = try file.reader(from: 1990)
    #expect(try reader.readExactly(count: 3010) == Array(expected[1990...]))
    try reader.expectEnd()
    #expect(dataError { () throws(EspalierError) in try file.read(at: 4990, count: 11) } != nil)
  }

  @Test func aGzipFileOfAnotherSizeIsRefused() throws {
    for count in [4999, 5001] {
      let file = GzipFile(fixture("one.gz"), byteCount: count)
      #expect(dataError { () throws(EspalierError) in try file.read(at: 0, count: 1) } != nil)
    }
  }

  @Test func manyThreadsMayBeFirst() async throws {
    let file = GzipFile(fixture("one.gz"), byteCount: 5000)
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for start in 0..<20 { group.addTask { try file.read(at: start, count: 10) } }
      for try await bytes in group { #expect(bytes == Array(expected[Int(bytes[0])..<Int(bytes[0]) + 10])) }
    }
  }
}
