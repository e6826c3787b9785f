import EspalierFiles
import EspalierTestSupport
import Foundation
import Testing

@Suite struct RandomAccessFileTests {
  @Test func readsAnyRange() throws {
    let directory = try TemporaryDirectory()
    let file = try RandomAccessFile(directory.file("ten", 0..<10))
    #expect(file.byteCount == 10)
    for start in 0...10 {
      for count in 0...10 - start {
        #expect(try file.read(at: start, count: count) == Array(UInt8(start)..<UInt8(start + count)))
      }
    }
  }

  @Test(arguments: [(0, 11), (11, 0), (-1, 1), (5, -1), (5, Int.max), (Int.max, 1)])
  func refusesRangesOutsideTheFile(start: Int, count: Int) throws {
    let directory = try TemporaryDirectory()
    let file = try RandomAccessFile(directory.file("ten", 0..<10))
    let error = try #require(dataError { () throws(EspalierError) in try file.read(at: start, count: count) })
    #expect(error.subject == file.path)
    #expect(error.fault.contains("truncated"))
  }

  @Test func saysWhyAFileDoesNotOpen() throws {
    let directory = try TemporaryDirectory()
    let missing = dataError { () throws(EspalierError) in try RandomAccessFile(directory.path + "/missing") }
    #expect(missing?.fault == "there is no such file")
    #expect(missing?.subject == directory.path + "/missing")
    let folder = dataError { () throws(EspalierError) in try RandomAccessFile(directory.path) }
    #expect(folder?.fault == "is a directory, not a file")
    let device = dataError { () throws(EspalierError) in try RandomAccessFile("/dev/null") }
    #expect(device?.fault.contains("not a regular file") == true)
  }

  @Test func aRegionIsPartOfAFile() throws {
    let directory = try TemporaryDirectory()
    let file = try RandomAccessFile(directory.file("ten", 0..<10))
    let region = try ByteRegion(of: file, start: 3, count: 4, subject: "part")
    #expect(try region.read(at: 1, count: 3) == [4, 5, 6])
    #expect(try region.reader(from: 2).readExactly(count: 2) == [5, 6])
    #expect(dataError { () throws(EspalierError) in try region.read(at: 1, count: 4) }?.subject == "part")
    #expect(dataError { () throws(EspalierError) in try ByteRegion(of: file, start: 8, count: 3, subject: "") } != nil)
  }

  @Test func aFileThatShrinksIsAnError() throws {
    let directory = try TemporaryDirectory()
    let file = try RandomAccessFile(directory.file("ten", 0..<10))
    truncate(file.path, 4)
    let error = dataError { () throws(EspalierError) in try file.read(at: 0, count: 10) }
    #expect(error?.fault.contains("shrunk") == true)
  }
}
