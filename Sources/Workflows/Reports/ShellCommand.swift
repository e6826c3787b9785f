/// A command as it was typed, and variations of it.
package struct ShellCommand: Hashable, Sendable {
  /// The program and its arguments.
  package private(set) var arguments: [String]

  /// A command of these words.
  package init(_ arguments: [String]) {
    self.arguments = arguments
  }

  /// The command as a line for a shell: words with other than plain characters are quoted.
  package var text: String { arguments.map(Self.quoted).joined(separator: " ") }

  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:=+@%")

  private static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.allSatisfy(plain.contains) { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// The values of all uses of an option, written `--option value` or `--option=value`, in order.
  package func values(of option: String) -> [String] { uses(of: option).map(\.value) }

  /// The value of the last use of an option.
  package func value(of option: String) -> String? { uses(of: option).last?.value }

  /// The command with `option value` in place of every use of the option whose value `isReplaced` accepts, or at the
  /// end if there is none.
  package func setting(
    _ option: String, to value: String, where isReplaced: (String) -> Bool = { _ in true }
  ) -> ShellCommand {
    let replaced = uses(of: option).filter { isReplaced($0.value) }
    guard !replaced.isEmpty else { return adding(option, value) }
    var command = self
    for (index, use) in replaced.enumerated().reversed() {
      command.arguments.replaceSubrange(use.words, with: index == replaced.count - 1 ? [option, value] : [])
    }
    return command
  }

  /// The command without a flag.
  package func removing(_ flag: String) -> ShellCommand { ShellCommand(arguments.filter { $0 != flag }) }

  /// The command with further words at its end.
  package func adding(_ words: String...) -> ShellCommand { ShellCommand(arguments + words) }

  private func uses(of option: String) -> [(words: Range<Int>, value: String)] {
    arguments.indices.compactMap { place in
      let word = arguments[place]
      if word.hasPrefix(option + "=") { return (place..<place + 1, String(word.dropFirst(option.count + 1))) }
      guard word == option, place + 1 < arguments.count else { return nil }
      return (place..<place + 2, arguments[place + 1])
    }
  }
}
