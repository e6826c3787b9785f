import Foundation
import Testing

/// The README shows the examples that `Scripts/examples` builds and runs, word for word.
@Suite struct ExamplesTests {
  private static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized

  @Test(arguments: ["PruneAModel", "OwnSelectionMethod", "FitAModel"])
  func theReadmeShowsTheExample(_ name: String) throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let example = try String(
      contentsOf: Self.root.appending(path: "Examples/\(name)/Sources/main.swift"), encoding: .utf8)
    #expect(readme.contains("```swift\n\(example)```"), "the README shows another \(name)")
    let script = try String(contentsOf: Self.root.appending(path: "Scripts/examples"), encoding: .utf8)
    #expect(script.contains("\nexample \(name) "), "Scripts/examples does not run \(name)")
  }

  @Test func theModulesPublicFaceStaysSmall() throws {
    let folder = Self.root.appending(path: "Sources/Espalier")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let declarations = try files.filter { $0.pathExtension == "swift" }.flatMap {
      try String(contentsOf: $0, encoding: .utf8).split(separator: "\n")
    }.filter { $0.trimmingPrefix(while: \.isWhitespace).hasPrefix("public ") }
    #expect((40...110).contains(declarations.count), "\(declarations.count) public declarations")
  }
}
