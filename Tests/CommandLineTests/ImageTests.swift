import EspalierTestSupport
import Foundation
import Testing

/// Directories of images as data.
struct ImageTests {
  /// A PNG of one pixel.
  static let pixel = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOI6pEDAAJIAQU8YIgAAAAAAElFTkSuQmCC")

  @Test func aBrokenImageIsNamedAndTheRestIsUsed() throws {
    let shop = try Workshop(widths: [12, 8, 2])
    for name in ["1.png", "2.png", "3.png"] {
      for part in ["a", "b"] {
        try FileManager.default.createDirectory(atPath: shop.path("images/\(part)"), withIntermediateDirectories: true)
        _ = try shop.folder.file("images/\(part)/\(name)", try #require(Self.pixel))
      }
    }
    let broken = try shop.folder.file("images/a/2.png", Array("no image".utf8))
    let data = shop.path("images") + ",size=2,layout=nchw"
    let outcome = try Tool.run("evaluate", shop.model, "--data", data, "--json", "-", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.complaint.hasPrefix("espalier: skipped \(broken): is not an image"))
    #expect(try shop.json(outcome.output)["count"] as? Int == 5)

    let pruned = try Tool.run(
      "prune", shop.model, "--calibration", data, "--keep", "0.5", "-o", shop.path("small.onnx"), "--quiet")
    #expect(pruned.status == 0 && pruned.errors.contains(broken))
    #expect(try Tool.run("evaluate", shop.model, "--data", "\(data),size=x").status == 65)
  }
}
