import EspalierFiles
import Testing

@Suite struct SpooledBytesTests {
  /// Every range reads the same, wherever memory ends and the file begins.
  @Test(arguments: [0, 1, 37, 100, 1000])
  func readsWhatCame(inMemory: Int) throws {
    let bytes = (0..<100).map { UInt8($0 * 7 % 251) }
    let spooled = try SpooledBytes(ByteReader(BytesInMemory(bytes, subject: "pipe")), inMemory: inMemory)
    #expect(spooled.byteCount == 100 && spooled.subject == "pipe")
    for start in stride(from: 0, through: 100, by: 9) {
      for end in stride(from: start, through: 100, by: 13) {
        #expect(try spooled.read(at: start, count: end - start) == Array(bytes[start..<end]))
      }
    }
    #expect(throws: EspalierError.self) { try spooled.read(at: 90, count: 11) }
    for _ in 0..<2 { #expect(try ByteReader(spooled).readExactly(count: 100) == bytes) }
  }
}
