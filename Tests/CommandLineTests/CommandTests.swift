import Foundation
import Testing

/// What holds for all commands, however many there are.
struct CommandTests {
  /// A command as the parser describes it.
  private struct Command {
    let name: String
    let names: [String]

    /// The command that `description` describes, and those below it.
    static func all(_ description: [String: Any], below path: String = "") -> [Command] {
      let name = path + (description["commandName"] as? String ?? "")
      let arguments = description["arguments"] as? [[String: Any]] ?? []
      let names = arguments.flatMap { $0["names"] as? [[String: String]] ?? [] }.map { name in
        // As it is typed: the parser's own `help` goes by `--help` and `-help`.
        (name["kind"] == "long" ? "--" : "-") + (name["name"] ?? "")
      }
      let subcommands = description["subcommands"] as? [[String: Any]] ?? []
      return [Command(name: name, names: names)] + subcommands.flatMap { all($0, below: name + " ") }
    }
  }

  private func commands() throws -> [Command] {
    let outcome = try Tool.run("--experimental-dump-help")
    let root = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return Command.all(try #require(root?["command"] as? [String: Any]))
  }

  @Test func noCommandDeclaresAnOptionTwice() throws {
    let commands = try commands()
    #expect(commands.contains { $0.name == "espalier prune" && $0.names.contains("--only") })
    #expect(commands.contains { $0.name == "espalier reproduce ispasp-mnist" && $0.names.contains("--seeds") })
    for command in commands {
      let counts = Dictionary(grouping: command.names, by: { $0 }).mapValues(\.count)
      #expect(counts.filter { $0.value > 1 }.isEmpty, "\(command.name): \(counts.filter { $0.value > 1 }.keys)")
    }
  }

  @Test func everyCommandThatRunsNetworksTakesThreads() throws {
    let commands = try commands()
    let running = commands.filter { $0.names.contains("--backend") }
    #expect(running.count > 10)
    for command in running { #expect(command.names.contains("--threads"), "\(command.name)") }
    for name in ["espalier fit", "espalier reproduce sppam-glm"] {
      #expect(commands.contains { $0.name == name && $0.names.contains("--threads") }, "\(name)")
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
