import EspalierGraph
import EspalierOperators
import EspalierTensors
import Foundation
import Testing

/// The counts of ONNX's operator tests, by operator, as `docs/onnx-operator-tests.md` shows them.
struct OperatorTestTable {
  /// Element types that the project does not compute with.
  static let foreignTypes: Set<ElementType> = [.string, .complex64, .complex128]

  private struct Row {
    var passed = 0
    var failed = 0
    var notSupported: [(name: String, reason: String)] = []
  }

  /// The page in `docs`: one for Debian's tests, and one for those of the Python package.
  private static let document =
    StandardTest.isPackaged ? "onnx-operator-tests.md" : "onnx-operator-tests-of-python.md"

  /// The sentence that says where the tests come from, in two lines.
  private static let origin =
    StandardTest.isPackaged
    ? "Debian's\npackage `libonnx-testdata`"
    : "the\nPython package `onnx` (1.19.0), whose folder `backend/test/data` is `ESPALIER_ONNX_TESTS`"

  private static let several = "graphs of several operators"
  private var rows: [String: Row] = [:]
  private var unread: [String: Int] = [:]
  private var unknown: [String: Int] = [:]

  private static func key(_ graph: Graph) -> String {
    graph.nodes.count == 1 ? "`\(graph.nodes[0].op)`" : several
  }

  mutating func addPassed(_ graph: Graph) { rows[Self.key(graph), default: Row()].passed += 1 }
  mutating func addFailed(_ graph: Graph) { rows[Self.key(graph), default: Row()].failed += 1 }
  mutating func addNotSupported(_ graph: Graph, _ name: String, reason: String) {
    rows[Self.key(graph), default: Row()].notSupported.append((name, reason))
  }
  mutating func addUnread(reason: String) { unread[reason, default: 0] += 1 }
  mutating func addUnknown(_ operators: Set<OperatorName>) {
    let name = operators.map { "`\($0)`" }.min() ?? ""
    unknown[name, default: 0] += 1
  }

  private var passed: Int { rows.values.reduce(0) { $0 + $1.passed } }
  private var failed: Int { rows.values.reduce(0) { $0 + $1.failed } }
  private var declined: Int { rows.values.reduce(0) { $0 + $1.notSupported.count } }
  private var outside: Int { unread.values.reduce(0, +) + unknown.values.reduce(0, +) }

  /// The counts in one sentence.
  var summary: String {
    "ONNX's operator tests: \(passed + failed + declined + outside) found, \(passed + failed) run, \(passed) passed, "
      + "\(failed) failed, \(declined + outside) not supported"
  }

  /// The whole page.
  private var page: String {
    var lines = [
      "# ONNX's operator tests", "",
      "Written by the test suite (`ESPALIER_UPDATE_TABLES=1 swift test --filter StandardOperatorTests`), which fails "
        + "where",
      "this page and the outcome differ or a test of a supported operator does not pass. The tests are those of "
        + "\(Self.origin); each runs on every backend. Whole numbers and truth values must be equal, fractions agree",
      "to 1e-4 relative and 1e-6 absolute, those of half precision to 1/256.", "", "\(summary).", "",
      "| operator | passed | not supported | which, and why |", "|---|---|---|---|",
    ]
    for (key, row) in rows.sorted(by: { $0.key < $1.key }) {
      let why = Dictionary(grouping: row.notSupported, by: \.reason).sorted { $0.key < $1.key }
      let text = why.map { reason, tests in "\(reason): \(tests.map { "`\($0.name)`" }.joined(separator: ", "))" }
      lines.append("| \(key) | \(row.passed) | \(row.notSupported.count) | \(text.joined(separator: "; ")) |")
    }
    lines += ["", "## Tests of other operators", ""]
    lines += ["Not run, by the first of their operators that is not supported.", ""]
    lines.append(unknown.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + ".")
    lines += ["", "## Models that are not read", "", "| reason | models |", "|---|---|"]
    lines += unread.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Compares the page with the committed one, or writes it where `ESPALIER_UPDATE_TABLES` is 1.
  func compareWithCommitted() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appendingPathComponent("docs/\(Self.document)")
    if ProcessInfo.processInfo.environment["ESPALIER_UPDATE_TABLES"] == "1" {
      try Data(page.utf8).write(to: path)
    } else {
      let committed = try? String(contentsOf: path, encoding: .utf8)
      #expect(committed == page, "docs/\(Self.document) is not what was found: run with ESPALIER_UPDATE_TABLES=1")
    }
  }
}
