import EspalierFiles
import EspalierTestSupport
import Foundation
import Testing

/// Files are told apart by what they are, not by how their paths are written.
struct FileIdentityTests {
  private let folder: TemporaryDirectory
  private let manager = FileManager.default

  init() throws { folder = try TemporaryDirectory() }

  @Test func spellingsAndLinksOfOneFile() throws {
    let file = try folder.file("a", [1])
    let other = try folder.file("b", [1])
    try manager.createDirectory(atPath: folder.path + "/inner", withIntermediateDirectories: true)
    let (soft, hard) = (folder.path + "/soft", folder.path + "/hard")
    try manager.createSymbolicLink(atPath: soft, withDestinationPath: file)
    try manager.linkItem(atPath: file, toPath: hard)
    for path in [folder.path + "/./a", folder.path + "/inner/../a", soft, hard] {
      #expect(FileIdentity(path) == FileIdentity(file), "\(path)")
      #expect(FileIdentity(path).exists)
    }
    #expect(FileIdentity(other) != FileIdentity(file))
  }

  @Test func filesThatAreNotThereYet() throws {
    let link = folder.path + "/link"
    try manager.createSymbolicLink(atPath: link, withDestinationPath: folder.path)
    #expect(FileIdentity(link + "/new") == FileIdentity(folder.path + "/new"))
    #expect(FileIdentity(folder.path + "/new") != FileIdentity(folder.path + "/newer"))
    #expect(!FileIdentity(folder.path + "/new").exists)
    let missing = folder.path + "/none/"
    #expect(FileIdentity(missing + "new") == FileIdentity(missing + "x/../new"))
  }

  @Test func filesBelowAFolder() throws {
    try manager.createDirectory(atPath: folder.path + "/data/class", withIntermediateDirectories: true)
    let file = try folder.file("data/class/a.png", [1])
    #expect(FileIdentity.isFile(file, below: folder.path + "/data"))
    #expect(FileIdentity.isFile(file, below: folder.path + "/data/"))
    #expect(!FileIdentity.isFile(file, below: folder.path + "/dat"))
    #expect(!FileIdentity.isFile(file, below: file))
  }
}
