import EspalierFiles
import EspalierTestSupport
import Foundation
import Testing

@Suite struct TemporaryFileTests {
  @Test func givesBackWhatWasAppended() throws {
    let folder = try TemporaryDirectory()
    let file = try TemporaryFile(in: folder.path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty, "the file has no name")
    var offsets: [Int] = []
    for value in 0..<5 {
      let piece = [UInt8](repeating: UInt8(value), count: 1000 * value)
      offsets.append(try piece.withUnsafeBytes { try file.append($0) })
    }
    #expect(offsets == [0, 0, 1000, 3000, 6000] && file.byteCount == 10_000)
    var bytes = [UInt8](repeating: 0, count: 4000)
    try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 4500) }
    #expect(bytes == Array(repeating: 3, count: 1500) + Array(repeating: 4, count: 2500))
  }

  @Test func whatIsNotThereCannotBeRead() throws {
    let folder = try TemporaryDirectory()
    let file = try TemporaryFile(in: folder.path)
    let place = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { place.deallocate() }
    #expect(throws: EspalierError.self) { try file.read(into: place, at: 0) }
  }

  @Test func foldersThatDoNotExistAreNamed() throws {
    let folder = try TemporaryDirectory()
    let path = folder.path + "/none"
    let error = try #require(dataError { () throws(EspalierError) in _ = try TemporaryFile(in: path) })
    #expect(error.subject == path)
  }
}
