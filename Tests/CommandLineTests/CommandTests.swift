import Foundation
import Testing

/// Rules that all commands follow, however many there are.
struct CommandTests {
  @Test func noCommandDeclaresAnOptionTwice() throws {
    let commands = try CommandDescription.all()
    #expect(commands.contains { $0.name == "espalier prune" && $0.options.contains("--only") })
    #expect(commands.contains { $0.name == "espalier reproduce ispasp-mnist" && $0.options.contains("--seeds") })
    for command in commands {
      let counts = Dictionary(grouping: command.options, by: { $0 }).mapValues(\.count)
      #expect(counts.filter { $0.value > 1 }.isEmpty, "\(command.name): \(counts.filter { $0.value > 1 }.keys)")
    }
  }

  @Test func everyCommandThatRunsNetworksTakesThreads() throws {
    let commands = try CommandDescription.all()
    let running = commands.filter { $0.options.contains("--backend") }
    #expect(running.count > 10)
    for command in running { #expect(command.options.contains("--threads"), "\(command.name)") }
    for name in ["espalier fit", "espalier reproduce sppam-glm"] {
      #expect(commands.contains { $0.name == name && $0.options.contains("--threads") }, "\(name)")
    }
  }

  @Test func aNumberOfThreadsThatNoSystemHasIsRefused() throws {
    for command in [
      ["prune", "model.onnx", "--calibration", "x.npy", "--keep", "0.5", "-o", "y.onnx"],
      ["fit", "x.csv", "--target", "y", "--family", "gaussian"],
    ] {
      let outcome = try Tool.run(arguments: command + ["--threads", "0"])
      #expect(outcome.status == 64 && outcome.errors.contains("--threads takes a whole number from 1 to 1024"))
    }
  }

  /// A result or message that goes another way could trap, or be lost without an error.
  @Test func textGoesThroughTheStandardStreamsAlone() throws {
    let root = URL(fileURLWithPath: #filePath).appending(path: "../../../Sources").standardized
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var count = 0
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift", file.lastPathComponent != "StandardStreams.swift" else { continue }
      count += 1
      for (number, line) in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").enumerated()
      where !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") {
        let isStray = line.contains(/(^|[^.\w`])(print|debugPrint|fputs|NSLog)\(|FileHandle\.standard(Output|Error)/)
        #expect(!isStray, "\(file.lastPathComponent), line \(number + 1): \(line)")
      }
    }
    #expect(count > 100, "the sources are not where they were")
  }
}
