import Testing

/// The help of every command, as committed in `Fixtures/help`.
struct HelpTests {
  @Test func everyHelpTextIsAsCommitted() throws {
    // The parser's own `help` shows that of the command named behind it.
    let commands = try CommandDescription.all().filter { $0.words.last != "help" }
    for command in commands {
      let words = command.words.dropFirst()
      let outcome = try Tool.run(arguments: words + ["--help"])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(command.name): \(outcome.errors)")
      #expect(try Tool.run(arguments: ["help"] + words).output == outcome.output, "\(command.name)")
      try Snapshot(name: "help/\(fileName(command))").compare(hidingBackends(outcome.output))
    }
    try Snapshot.expectOnly(Set(commands.map(fileName)), in: "help")
  }

  private func fileName(_ command: CommandDescription) -> String { command.words.joined(separator: "-") + ".txt" }

  /// The text without the names of the backends, which depend on how the tool is built.
  private func hidingBackends(_ text: String) -> String {
    text.replacing(/What networks run on: [^.]*\.\s+\(default:\s+\w+\)/, with: "What networks run on: BACKENDS.")
  }
}
