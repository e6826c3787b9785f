import EspalierWorkflows
import Testing

/// Commands as they were typed, and variations of them.
@Suite struct ShellCommandTests {
  private let command = ShellCommand([
    "espalier", "prune", "m.onnx", "--keep", "fc1=0.2", "--keep=0.5", "--keep", "0.4", "--no-refit", "-o", "a b.onnx",
  ])

  @Test func wordsAreQuotedWhereAShellNeedsIt() {
    #expect(command.text.hasSuffix("--no-refit -o 'a b.onnx'"))
    #expect(ShellCommand(["", "it's", "$x", "a=b,c:d/e.f"]).text == "'' 'it'\\''s' '$x' a=b,c:d/e.f")
  }

  @Test func valuesAreFoundInBothForms() {
    #expect(command.values(of: "--keep") == ["fc1=0.2", "0.5", "0.4"] && command.value(of: "-o") == "a b.onnx")
    #expect(command.value(of: "--budget") == nil && ShellCommand(["--keep"]).value(of: "--keep") == nil)
  }

  @Test func anOptionIsSetOnce() {
    let set = command.setting("--keep", to: "0.9") { !$0.contains("=") }
    #expect(set.values(of: "--keep") == ["fc1=0.2", "0.9"])
    #expect(command.setting("--round-to", to: "16").arguments.suffix(2) == ["--round-to", "16"])
    #expect(!command.removing("--no-refit").arguments.contains("--no-refit"))
  }
}
