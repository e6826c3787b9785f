import EspalierFiles
import EspalierTables
import EspalierTestSupport
import Testing

/// Columns of numbers as people write them.
@Suite struct NotationTests {
  /// The survey of a column x with these values.
  private func survey(
    _ values: [String], _ format: TableFormat = TableFormat(), missing: MissingValues = .refuse,
    keepsValues: Bool = true
  ) throws(EspalierError) -> TableSurvey {
    let records = values.enumerated().map { "\($0),\"\($1)\"\n" }
    let file = try format.table(RepeatableInput(Array(("y,x\n" + records.joined()).utf8), subject: "table.csv"))
    return try TableSurvey(file, roles: ColumnRoles(target: "y"), missing: missing, keepsValues: keepsValues)
  }

  @Test(arguments: [
    (["1,000", "2,500,000", "950", "1,000.5"], [1000, 2_500_000, 950, 1000.5], "\",\" between thousands"),
    (["950", "1,000", "7"], [950, 1000, 7], "\",\" between thousands"),
    (["1 000", "2 000"], [1000, 2000], "\" \" between thousands"),
    (["1'000", "2'000"], [1000, 2000], "\"'\" between thousands"),
    (["$2.5", "-$1,200", "$-3", "$ 4"], [2.5, -1200, -3, 4], "numbers, written with $"),
    (["2 €", "3.5 €"], [2, 3.5], "written with €"),
    (["45%", "5.5 %", "-100%"], [0.45, 0.055, -1], "shares, written in per cent"),
    (["\u{2212}1", "\u{2212}2.5"], [-1, -2.5], "typographic minus"),
    (["1970-01-02", "2000-03-01", "1969-12-31"], [1, 11_017, -1], "dates, in days since 1970-01-01"),
    (
      ["2024-02-29T12:00", "2024-02-29 18:00:00Z", "2024-03-01T01:00+01:00"], [19_782.5, 19_782.75, 19_783],
      "dates, in days since 1970-01-01"
    ),
  ])
  func columnsInOneNotationAreNumbersAndSaidToBe(values: [String], numbers: [Double], sentence: String) throws {
    let survey = try survey(values)
    let source = try survey.source(intercept: false)
    #expect(source.featureNames == ["x"])
    #expect(survey.doubts.count == 1 && survey.doubts[0].contains(sentence), "\(survey.doubts)")
    // The values kept by the survey are those that a second pass reads.
    for rows in [survey.keptRows(of: source), try source.readAll()] {
      for (own, number) in zip(rows?.matrix ?? [], numbers) { #expect(abs(own[0] - number) < 1e-12) }
      #expect(rows?.matrix.count == numbers.count)
    }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    #expect(abs(source.features[0].mean - mean) < 1e-9 * (1 + abs(mean)))
  }

  @Test(arguments: [
    (["$2", "€3", "$4"], "such as \"$2\""), (["45%", "0.4", "3%"], "such as \"3%\""),
    (["1,5", "2.5", "3,25"], "--decimal ,"), (["?", "1", "2", "3.5"], "--missing-values '?'"),
    (["-", "1", "None", "3", "4", "5"], "--missing-values '-,None'"),
    (["inf", "1", "2", "3"], "--missing-values 'inf'"),
    (["0,500", "1.25", "2,750"], "--decimal ,"),
  ])
  func whatIsNotConsistentStaysTextAndIsDoubted(values: [String], sentence: String) throws {
    let survey = try survey(values)
    #expect(try survey.source(intercept: false).columns[0].levels?.count == values.count)
    #expect(survey.doubts.contains { $0.hasPrefix("column \"x\" is taken for text") && $0.contains(sentence) })
  }

  @Test(arguments: ["2024-02-30", "2024-13-01", "2023-02-29", "2024-1-01", "2024-01-01T25:00", "20240101x"])
  func whatIsNoDateStaysText(text: String) throws {
    #expect(try survey([text, "2024-01-01"]).source(intercept: false).columns[0].levels?.count == 2)
  }

  @Test func aNumberColumnDoesNotChangeItsNotation() throws {
    for (values, remedy) in [
      (["1.5", "1,5"], "--decimal ,"), (["1", "45%"], "--missing-values '45%'"), (["1", "?"], "--missing-values '?'"),
    ] {
      let error = try #require(
        dataError { () throws(EspalierError) in try survey(values, TableFormat(decimal: .point)) })
      #expect(error.subject.contains("line 3, column \"x\"") && error.remedy?.contains(remedy) == true, "\(error)")
    }
  }

  @Test func declaredLevelsStayLevels() throws {
    let file = try table("y,x\n1,5%\n2,10%\n3,5%\n")
    let survey = try TableSurvey(file, roles: ColumnRoles(target: "y", categorical: ["x"]))
    #expect(survey.doubts.isEmpty)
    #expect(try survey.source(intercept: false).featureNames == ["x=10%", "x=5%"])
  }

  @Test func targetsAndWeightsHaveNotationsToo() throws {
    let text = "y,x,w\n50%,1,\"$1,000\"\n25%,2,\"$2,000\"\n"
    let survey = try TableSurvey(
      TableFormat().table(RepeatableInput(Array(text.utf8), subject: "table.csv")),
      roles: ColumnRoles(target: "y", weights: "w"), keepsValues: true)
    let source = try survey.source(intercept: false)
    for rows in [survey.keptRows(of: source), try source.readAll()] {
      #expect(rows?.targets == [0.5, 0.25] && rows?.weights == [1000, 2000])
    }
    #expect(survey.doubts.count == 2)
  }

  @Test func furtherMarksOfMissingValues() throws {
    let format = TableFormat(missingMarks: ["?", "-999", "None"])
    let survey = try survey(["?", "1", "-999", "None", "3"], format, missing: .drop)
    #expect(survey.rowCount == 2 && survey.droppedCount == 3 && survey.doubts.isEmpty)
    #expect(try survey.source(intercept: false).readAll()?.matrix == [[1], [3]])
    let filled = try self.survey(["?", "1", "-999", "None", "3"], format, missing: .mean)
    #expect(try filled.source(intercept: false).readAll()?.matrix == [[2], [1], [2], [2], [3]])
    #expect(
      dataError { () throws(EspalierError) in try self.survey(["1", "-999"], format) }?.fault == "the value is missing")
  }

  @Test(arguments: [
    (TargetKind.binary, ["a", "b", "c"], "has three labels, \"a\", \"b\", \"c\""),
    (.binary, ["0", "1", "2"], "has three labels, \"0\", \"1\", \"2\""),
    (.binary, ["a", "b", "c", "d"], "has more than two labels, \"a\", \"b\", \"c\", ..."),
    (.binary, ["a", "a"], "has the one label \"a\""),
  ])
  func labelsThatAreNotTwoAreNamed(kind: TargetKind, labels: [String], fault: String) throws {
    let text = "y,x\n" + labels.enumerated().map { "\($1),\($0)\n" }.joined()
    let error = try #require(
      dataError { () throws(EspalierError) in
        try TableSurvey(table(text), roles: ColumnRoles(target: "y", targetKind: kind)).source(intercept: true)
      })
    #expect(error.fault.contains(fault), "\(error)")
  }
}
