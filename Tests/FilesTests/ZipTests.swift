import EspalierFiles
import EspalierTestSupport
import Foundation
import Testing

/// The contents of every entry but the empty one.
private let expected = (0..<5000).map { UInt8($0 % 251) }

@Suite struct ZipTests {
  @Test func readsStoredDeflatedAnd64BitEntries() throws {
    let archive = try ZipArchive(fixture("entries.zip"))
    #expect(archive.entries.map(\.name) == ["stored.bin", "deflated.bin", "empty.bin", "large.bin"])
    for entry in archive.entries {
      let contents = try archive.contents(of: entry)
      #expect(contents == (entry.name == "empty.bin" ? [] : expected))
      let source = try archive.source(of: entry)
      #expect(try source.read(at: 0, count: source.byteCount) == contents)
    }
  }

  @Test func namesAMethodThatIsNotUnderstood() throws {
    let archive = try ZipArchive(fixture("bzip2.zip"))
    let error = dataError { () throws(EspalierError) in try archive.contents(of: archive.entries[0]) }
    #expect(error?.subject.hasSuffix("bzip2.zip, text.bin") == true)
    #expect(error?.fault.contains("method 12") == true)
  }

  /// 68 MiB of zeros in 69 kB are decompressed by nobody.
  @Test func refusesWhatNoDataCompressTo() throws {
    let archive = try ZipArchive(fixture("zeros.zip"))
    let error = dataError { () throws(EspalierError) in try archive.contents(of: archive.entries[0]) }
    #expect(error?.fault.contains("claims 71303168 bytes from") == true)
  }

  @Test func readsWhatItWrote() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/written.zip"
    var writer = ZipWriter(to: path)
    try writer.add(expected, name: "ä.bin")
    try writer.add([], name: "empty")
    try writer.write()
    let archive = try ZipArchive(path)
    #expect(archive.entries.map(\.name) == ["ä.bin", "empty"])
    #expect(try archive.contents(of: archive.entries[0]) == expected)
    #expect(try archive.contents(of: archive.entries[1]) == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["written.zip"])
  }

  @Test func anEmptyArchiveHasNoEntries() throws {
    let directory = try TemporaryDirectory()
    try ZipWriter(to: directory.path + "/empty.zip").write()
    #expect(try ZipArchive(directory.path + "/empty.zip").entries.isEmpty)
  }

  @Test func everyTruncationIsRefused() throws {
    let directory = try TemporaryDirectory()
    let bytes = try fixtureBytes("entries.zip")
    // Up to the end record; after it only the comment is cut.
    for count in stride(from: 0, to: bytes.count - 20, by: 3) {
      let path = try directory.file("cut.zip", bytes[..<count])
      #expect(dataError { () throws(EspalierError) in try ZipArchive(path) }?.subject == path, "\(count) bytes")
    }
  }

  @Test func damageToStoredBytesFailsTheChecksum() throws {
    let directory = try TemporaryDirectory()
    var bytes = try fixtureBytes("entries.zip")
    bytes[1000] ^= 0x40
    let archive = try ZipArchive(directory.file("damaged.zip", bytes))
    let error = dataError { () throws(EspalierError) in try archive.contents(of: archive.entries[0]) }
    #expect(error?.fault.contains("checksum") == true)
  }

  @Test func randomDamageNeverCrashes() throws {
    let directory = try TemporaryDirectory()
    let original = try fixtureBytes("entries.zip")
    var state: UInt64 = 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var refused = 0
    for _ in 0..<1500 {
      var bytes = original
      // Most of the damage goes into the directory at the end, where the claims are.
      for _ in 0...random(4) {
        bytes[bytes.count - 1 - random(random(3) == 0 ? bytes.count : 300)] = UInt8(random(256))
      }
      let path = try directory.file("damaged.zip", bytes)
      let error = dataError { () throws(EspalierError) in
        let archive = try ZipArchive(path)
        for entry in archive.entries { _ = try archive.contents(of: entry) }
      }
      refused += error == nil ? 0 : 1
    }
    #expect(refused > 700)
  }

  @Test func anErrorWhileWritingLeavesNothing() throws {
    let directory = try TemporaryDirectory()
    let error = dataError { () throws(EspalierError) in
      try AtomicFile.write(Data([1]), to: directory.path + "/no/such/directory/file")
    }
    #expect(error?.fault.hasPrefix("cannot be written") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }
}
