import EspalierFiles
import EspalierTestSupport
import Foundation
import Testing

@Suite struct RepeatableInputTests {
  /// A pipe can be read once; its bytes are kept in memory, or in a temporary file beyond 64 MiB.
  @Test(arguments: [0, 1000, 1 << 26, (1 << 26) + 12_345])
  func pipesAreReadAgain(count: Int) throws {
    let folder = try TemporaryDirectory()
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let contents = Data((0..<count).lazy.map { UInt8(truncatingIfNeeded: $0 >> 3) })
    Thread.detachNewThread { try? FileHandle(forWritingTo: URL(fileURLWithPath: pipe)).write(contentsOf: contents) }
    let input = try RepeatableInput(pipe)
    for _ in 0..<2 {
      let reader = try input.reader()
      #expect(try Data(reader.readExactly(count: count)) == contents)
      try reader.expectEnd()
    }
  }
}
