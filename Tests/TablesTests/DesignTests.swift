import EspalierFiles
import EspalierTables
import Foundation
import Testing

/// Features of formulas: their coding, values, and what new rows need.
struct DesignTests {
  private static let text = """
    y,x,a,b,k
    1,0.5,u,p,1
    2,1.5,v,q,2
    4,2.5,w,p,3
    3,3.5,u,q,1
    6,4.5,v,p,2
    5,6.5,w,q,3
    7,7.0,u,p,2
    """ + "\n"

  private func design(
    _ text: String, categorical: [String] = [], table: String = text, keeps: Bool = true
  ) throws -> SurveyedDesign {
    let formula = try Formula(text)
    let expansion = try formula.expanded([])
    let roles = ColumnRoles(
      target: "y", columns: expansion.columns, categorical: categorical + formula.declaredLevels.map(\.column))
    let survey = try TableSurvey(
      EspalierTables.DelimitedFile(
        RepeatableInput(Array(table.utf8), subject: "table.csv")), roles: roles, keepsValues: keeps)
    return try survey.design(expansion, text: text)
  }

  /// What R's `model.matrix` makes of these formulas.
  @Test(arguments: [
    ("y ~ a", ["a=v", "a=w"]), ("y ~ a - 1", ["a=u", "a=v", "a=w"]), ("y ~ a + b - 1", ["a=u", "a=v", "a=w", "b=q"]),
    ("y ~ a*b", ["a=v", "a=w", "b=q", "a=v:b=q", "a=w:b=q"]), ("y ~ x:a", ["x:a=u", "x:a=v", "x:a=w"]),
    ("y ~ x + x:a", ["x", "x:a=v", "x:a=w"]), ("y ~ b + a:b", ["b=q", "a=v:b=p", "a=w:b=p", "a=v:b=q", "a=w:b=q"]),
    ("y ~ C(k, ref=2) + x:C(k, ref=2)", ["k=1", "k=3", "x:k=1", "x:k=2", "x:k=3"]),
    ("y ~ poly(x, 2):b", ["poly(x, 2)[1]:b=p", "poly(x, 2)[2]:b=p", "poly(x, 2)[1]:b=q", "poly(x, 2)[2]:b=q"]),
  ])
  func levelsAreCodedAsByR(text: String, expected: [String]) throws {
    #expect(try design(text).design.featureNames == expected)
  }

  @Test func productsAreProducts() throws {
    let made = try design("y ~ x*k + a:x + I(x^2 - k) + log(x)")
    let rows = try #require(made.keptRows).matrix
    #expect(made.design.featureNames == ["x", "k", "I(x^2 - k)", "log(x)", "x:k", "a=v:x", "a=w:x"])
    let first: [(x: Double, k: Double, level: Int)] = [(0.5, 1, 0), (1.5, 2, 1), (2.5, 3, 2), (3.5, 1, 0)]
    for (row, (x, k, level)) in zip(rows, first) {
      let expected: [Double] = [x, k, x * x - k, log(x), x * k, level == 1 ? x : 0, level == 2 ? x : 0]
      #expect(row == expected)
    }
  }

  /// Lengths 1, orthogonal to each other and to a constant, with rising ends.
  @Test func polynomialsAreOrthonormal() throws {
    let rows = try #require(try design("y ~ poly(x, 4)").keptRows).matrix
    for i in 0..<4 {
      #expect(abs(rows.reduce(0) { $0 + $1[i] }) < 1e-12 && rows.last![i] > 0)
      for j in 0...i { #expect(abs(rows.reduce(0) { $0 + $1[i] * $1[j] } - (i == j ? 1 : 0)) < 1e-12) }
    }
  }

  /// A straight line is in the space of every spline: its coefficients are its rises over the knots.
  @Test func naturalSplinesHoldStraightLinesAndGoOnStraight() throws {
    let design = try design("y ~ spline(x, 3)").design
    guard case .spline(let spline) = design.factors[0].basis else { throw EspalierError(.internal, "", "no spline") }
    let far = "y,x\n" + [-20, -1, 0.5, 3, 3.7, 7, 9, 400].map { "0,\($0)\n" }.joined()
    let file = try EspalierTables.DelimitedFile(RepeatableInput(Array(far.utf8), subject: "far.csv"))
    let rows = try #require(
      try design.source(file, offset: nil, exposure: nil, missing: .refuse, unknown: .refuse).readAll()
    ).matrix
    for (row, x) in zip(rows, [-20.0, -1, 0.5, 3, 3.7, 7, 9, 400]) {
      let value = zip(row, spline.knots.dropFirst()).reduce(0) { $0 + $1.0 * ($1.1 - spline.knots[0]) }
      #expect(abs(value - (x - spline.knots[0])) < 1e-9 * max(1, abs(x)))
    }
    #expect(spline.knots.first == 0.5 && spline.knots.last == 7)
  }

  @Test func constantFeaturesAreLeftOutAndNamed() throws {
    let table = "y,x,a\n1,2,u\n2,2,v\n3,2,u\n4,2,v\n"
    let made = try design("y ~ x + a + I(x^2)", table: table)
    #expect(made.design.omitted == ["x", "I(x^2)"] && made.design.featureNames == ["a=v"])
    #expect(try #require(made.keptRows).matrix == [[0], [1], [0], [1]])
  }

  /// A column of levels that are numbers may be used as both.
  @Test func levelsThatAreNumbersAreNumbersToo() throws {
    let made = try design("y ~ I(k^2) + C(k)")
    #expect(made.design.featureNames == ["I(k^2)", "k=2", "k=3"])
    #expect(try #require(made.keptRows).matrix[2] == [9, 0, 1])
  }

  @Test(arguments: ["y ~ a*b + poly(x, 3) + bs(x, 4) + spline(x, 2) + I(x^2)", "y ~ x:a + C(k) + offset(log(x)) - 1"])
  func theStoredDesignGivesTheSameRows(text: String) throws {
    let made = try design(text)
    let stored = try JSONDecoder().decode(Design.self, from: JSONEncoder().encode(made.design))
    #expect(stored == made.design)
    try stored.validate(subject: "model.json")
    let file = try EspalierTables.DelimitedFile(RepeatableInput(Array(Self.text.utf8), subject: "table.csv"))
    let rows = try stored.source(file, offset: nil, exposure: nil, missing: .refuse, unknown: .refuse).readAll()
    #expect(rows?.matrix == made.keptRows?.matrix && rows?.offsets == made.keptRows?.offsets)
    let streamed = try made.source.readAll()
    #expect(streamed?.matrix == made.keptRows?.matrix && streamed?.targets == made.keptRows?.targets)
    let unkept = try design(text, keeps: false)
    #expect(unkept.keptRows == nil && unkept.features == made.features)
  }

  @Test func manyLevelsAreSparse() throws {
    let table = "y,a,b\n" + (0..<400).map { "\($0 % 7),l\($0 % 40),m\($0 % 9)\n" }.joined()
    let made = try design("y ~ a*b", table: table)
    let rows = try #require(made.keptRows)
    #expect(rows.isSparse && made.design.isSparse)
    #expect(rows.matrix.allSatisfy { $0.reduce(0, +) <= 3 })
  }
}
