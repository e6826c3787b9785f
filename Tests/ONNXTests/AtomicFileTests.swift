import EspalierFiles
import Foundation
import Testing

@Suite("A file is written whole or not at all")
struct AtomicFileTests {
  @Test("it replaces the old one and keeps its permissions")
  func replacing() throws {
    try withFolder { folder in
      let path = folder + "/file"
      try AtomicFile.write([1, 2, 3], to: path)
      chmod(path, 0o640)
      try AtomicFile.write([4], to: path)
      #expect(try FileContents.read(path) == [4])
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  @Test("a link stays a link")
  func links() throws {
    try withFolder { folder in
      try AtomicFile.write([1], to: folder + "/file")
      symlink("file", folder + "/link")
      try AtomicFile.write([2], to: folder + "/link")
      #expect(try FileContents.read(folder + "/file") == [2])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "file")
    }
  }

  @Test("on failure nothing has changed and nothing is left")
  func failing() throws {
    try withFolder { folder in
      try AtomicFile.write([1], to: folder + "/first")
      let files = ["/first", "/no/second"].map { (path: folder + $0, pieces: [ByteStorage.memory([2])]) }
      #expect(throws: EspalierError.self) { try AtomicFile.write(files) }
      #expect(try FileContents.read(folder + "/first") == [1])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["first"])
    }
  }

  @Test("folders and devices are not replaced", arguments: ["/", "/tmp", "/dev/null", "", "/tmp/a\0b"])
  func refused(_ path: String) {
    #expect(throws: EspalierError.self) { try AtomicFile.write([1], to: path) }
  }

  @Test("a part of a file")
  func parts() throws {
    try withFolder { folder in
      try AtomicFile.write([(folder + "/file", [.memory([1, 2]), .memory([]), .memory([3])])])
      #expect(try FileContents.read(folder + "/file", at: 1, count: 2) == [2, 3])
      #expect(try FileContents.size(folder + "/file") == 3)
      #expect(throws: EspalierError.self) { try FileContents.read(folder + "/file", at: 1, count: 3) }
      #expect(throws: EspalierError.self) { try FileContents.read(folder + "/file", at: .max, count: .max) }
    }
  }
}
