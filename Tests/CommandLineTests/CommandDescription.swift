import Foundation
import Testing

/// A command of the tool, as the parser describes it.
struct CommandDescription {
  /// The words that call it: `espalier`, `reproduce`, `ispasp-mnist`.
  let words: [String]
  /// The names of its options as they are typed, `--help` among them.
  let options: [String]

  /// The words with spaces between them.
  var name: String { words.joined(separator: " ") }

  /// All commands: the tool's own first, each followed by those below it.
  static func all() throws -> [CommandDescription] {
    let outcome = try Tool.run("--experimental-dump-help")
    let root = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let commands = try tree(try #require(root?["command"] as? [String: Any]), below: [])
    try #require(commands.count > 20, "the parser describes its commands in another way")
    return commands
  }

  /// The command that `description` describes, and those below it.
  private static func tree(_ description: [String: Any], below path: [String]) throws -> [CommandDescription] {
    let words = path + [try #require(description["commandName"] as? String)]
    let arguments = description["arguments"] as? [[String: Any]] ?? []
    let options = arguments.flatMap { $0["names"] as? [[String: String]] ?? [] }.map { name in
      (name["kind"] == "long" ? "--" : "-") + (name["name"] ?? "")
    }
    let subcommands = description["subcommands"] as? [[String: Any]] ?? []
    return [CommandDescription(words: words, options: options)]
      + (try subcommands.flatMap { try tree($0, below: words) })
  }
}
