import EspalierFiles
import EspalierTestSupport
import Foundation
import Testing

/// Bytes that lie in a file, beyond the size from which files are mapped.
struct MappedFileTests {
  private let folder: TemporaryDirectory
  private let bytes = (0..<3 << 20).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }

  init() throws { folder = try TemporaryDirectory() }

  private func isMapped(_ storage: ByteStorage) -> Bool { !storage.isInMemory }

  @Test func aPartOfAFileIsMapped() throws {
    let path = try folder.file("data", bytes)
    for offset in [0, 4, 4096, 5000] {
      let storage = try FileContents.storage(path, at: offset, count: 2 << 20, alignment: 4)
      #expect(isMapped(storage) && storage.count == 2 << 20)
      #expect(storage.bytes == Array(bytes[offset..<offset + 2 << 20]))
      #expect(storage == .memory(Array(bytes[offset..<offset + 2 << 20])))
      #expect(storage.hashValue == ByteStorage.memory(storage.bytes).hashValue)
    }
  }

  @Test func smallPartsAndOddPlacesAreRead() throws {
    let path = try folder.file("data", bytes)
    #expect(try !isMapped(FileContents.storage(path, at: 0, count: 1000, alignment: 4)))
    let odd = try FileContents.storage(path, at: 3, count: 2 << 20, alignment: 4)
    #expect(!isMapped(odd) && odd.bytes.first == bytes[3])
    for (offset, count) in [(0, 4 << 20), (3 << 20, 2 << 20), (-4, 2 << 20), (.max - 3, 2 << 20)] {
      let error = dataError { () throws(EspalierError) in
        try FileContents.storage(path, at: offset, count: count, alignment: 1)
      }
      #expect(error?.fault.contains("too few") == true)
    }
  }

  @Test func theOldContentsStayAfterTheFileIsReplacedOrRemoved() throws {
    let path = try folder.file("data", bytes)
    let storage = try FileContents.storage(path, at: 0, count: bytes.count, alignment: 4)
    try AtomicFile.write([1, 2, 3], to: path)
    #expect(storage.bytes == bytes)
    try FileManager.default.removeItem(atPath: path)
    #expect(storage == .memory(bytes))
  }

  @Test func aFileIsReplacedByItsOwnBytes() throws {
    let path = try folder.file("data", bytes)
    let storage = try FileContents.storage(path, at: 0, count: bytes.count, alignment: 4)
    try AtomicFile.write([(path, [.memory([9]), storage])])
    #expect(try FileContents.read(path) == [9] + bytes)
  }

  @Test func bytesGoToATemporaryFile() throws {
    let storage = TemporaryFile.holding(.memory(bytes))
    #expect(isMapped(storage) && storage.bytes == bytes)
    #expect(TemporaryFile.holding(storage) == storage)
  }

  @Test func severalThreadsReadAtOnce() async throws {
    let path = try folder.file("data", bytes)
    let storage = try FileContents.storage(path, at: 0, count: bytes.count, alignment: 4)
    var checksum = Checksum()
    checksum.add(bytes)
    let expected = checksum.value
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask {
          (0..<20).allSatisfy { _ in
            var own = Checksum()
            own.add(storage)
            return own.value == expected
          }
        }
      }
      for await isEqual in group { #expect(isEqual) }
    }
  }
}
