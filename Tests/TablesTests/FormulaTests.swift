import EspalierFiles
import EspalierTables
import Testing

/// Formulas and the terms they stand for.
struct FormulaTests {
  private func terms(_ text: String, others: [String] = []) throws -> [String] {
    try Formula(text).expanded(others).terms.map(\.name)
  }

  @Test(arguments: [
    ("y ~ a + b", ["a", "b"]), ("y ~ a*b", ["a", "b", "a:b"]), ("y ~ a:b + a", ["a", "a:b"]),
    ("y ~ (a + b + c)^2", ["a", "b", "c", "a:b", "a:c", "b:c"]), ("y ~ (a + b)**2 - a", ["b", "a:b"]),
    ("y ~ a/b", ["a", "a:b"]), ("y ~ a*b*c - a:b:c", ["a", "b", "c", "a:b", "a:c", "b:c"]),
    ("y ~ a + a:b + b:a", ["a", "a:b"]), ("y ~ . - p", ["q", "r"]), ("y ~ . + q:r", ["p", "q", "r", "q:r"]),
    ("y ~ log(a + 1) + I(a^2 / -b)", ["log(a + 1)", "I(a^2 / -b)"]), ("y ~ I((a + b)*2)", ["I((a + b) * 2)"]),
    ("y ~ poly(a, degree=2) + poly(b, 3, raw=TRUE)", ["poly(a, 2)", "poly(b, 3, raw)"]),
    ("y ~ ns(t, df = 4) + bs(t, 5)", ["spline(t, 4)", "bs(t, 5)"]), ("y ~ 1", []), ("~ a.b_c + .d", ["a.b_c", ".d"]),
    ("y ~ `strange name` + log(`1`)", ["strange name", "log(`1`)"]), ("y ~ C(a, ref='x') + factor(b)", ["a", "b"]),
  ])
  func termsAreExpanded(text: String, expected: [String]) throws {
    #expect(try terms(text, others: ["p", "q", "r"]) == expected)
  }

  @Test(arguments: [
    ("y ~ a", true), ("y ~ a - 1", false), ("y ~ -1 + a", false), ("y ~ 0 + a", false), ("y ~ a + 0", false),
    ("y ~ a - 1 + 1", true), ("y ~ a - 0", true),
  ])
  func interceptsAreKnown(text: String, expected: Bool) throws {
    #expect(try Formula(text).expanded([]).hasIntercept == expected)
    #expect(try Formula(text).hasIntercept == expected)
  }

  @Test func responsesAndOffsetsAreKnown() throws {
    #expect(try Formula("y ~ a").response == .column("y"))
    #expect(try Formula("cbind(s, `f f`) ~ a").response == .successes("s", failures: "f f"))
    #expect(try Formula("~ a").response == nil)
    let formula = try Formula("y ~ a + offset(log(n)) + offset(m)")
    #expect(try formula.expanded([]).offsets.map(\.description) == ["log(n)", "m"])
    #expect(formula.offsetColumns == ["n", "m"])
  }

  @Test(arguments: [
    ("", "character 1: expected the column to explain, or \"~\", and found the end"),
    ("y", "character 2: expected \"~\" behind the column to explain, and found the end"),
    ("y ~", "character 4: expected a column"), ("y ~ a b", "character 7: expected an operator or the end"),
    ("y ~ a ++ b", "character 8: expected a column"), ("y ~ (a + b", "character 11: expected \")\""),
    ("y ~ a & b", "character 7: has the character \"&\""), ("y ~ a*1", "an intercept or an offset within a product"),
    ("y ~ a:offset(n)", "an intercept or an offset within a product"), ("y ~ poly(a)", "the degree of poly"),
    ("y ~ poly(a, 0)", "from 1 to 30"), ("y ~ spline(a, df=x)", "from 1 to 50"), ("y ~ bs(a, 2)", "from 3 to 50"),
    ("y ~ (a + b)^0", "a whole number from 1 to 8"), ("y ~ C(a, level=b)", "expected ref=LEVEL"),
    ("y ~ log(a, b)", "expected \")\" behind the argument of \"log\""), ("y ~ \"a", "never closed"),
    ("y ~ 2", "character 5: expected a column"), ("y ~ poly(a, 2, 3, 4)", "one argument too many"),
    ("y ~ poly(a, 2, raw=1)", "raw=true"),
  ])
  func faultsHaveAPositionAndAnExpectation(text: String, message: String) {
    let error = #expect(throws: EspalierError.self) { try Formula(text).expanded([]) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(error?.kind == .argument)
  }

  @Test func manyTermsAreExpandedAndTooManyRefused() throws {
    let columns = (0..<2000).map { "x\($0)" }
    #expect(try terms("y ~ .^2", others: Array(columns.prefix(100))).count == 5050)
    for (text, complaint) in [
      ("y ~ .^2", "which are too many"), ("y ~ .*.", "which are too many"),
      ("y ~ " + String(repeating: "(", count: 600) + "a", "brackets within each other"),
      ("y ~ I(" + String(repeating: "-", count: 30_000) + "a)", "names, numbers and operators"),
    ] {
      let error = #expect(throws: EspalierError.self) { try Formula(text).expanded(columns) }
      #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
    }
  }

  /// Just within the limits nothing runs out of memory for calls within each other.
  @Test func formulasUpToTheLimitsAreExpanded() throws {
    #expect(
      try terms("y ~ " + String(repeating: "(", count: 499) + "a" + String(repeating: ")", count: 499)).count == 1)
    #expect(try terms("y ~ I(" + String(repeating: "-", count: 19_900) + "a)").count == 1)
    #expect(try terms("y ~ " + Array(repeating: "a", count: 9_900).joined(separator: "+")).count == 1)
    #expect(try terms("y ~ " + Array(repeating: "a", count: 9_900).joined(separator: ":")).count == 1)
  }

  /// Every prefix, and every formula with one character gone, is a formula or an error, never a crash.
  @Test func damagedFormulasAreRefused() throws {
    let text = "y ~ c + a*b + poly(x, 3) + spline(t, df=5) + C(r, ref='n o') + offset(log(`n n`)) + I(x^2 - 1.5e3) - c"
    for end in text.indices {
      _ = try? Formula(String(text[..<end])).expanded(["c"])
      var shorter = text
      shorter.remove(at: end)
      _ = try? Formula(shorter).expanded(["c"])
    }
    #expect(try Formula(text).expanded([]).terms.count == 7)
  }
}
