import EspalierFiles
import EspalierTables
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct TableSourceTests {
  @Test func numbersAndLevels() throws {
    let (source, rows) = try rows("y,x,c\n1,0.5,red\n2,-1e-1,blue\n3,.25,green\n4,2,red\n")
    #expect(source.featureNames == ["x", "c=green", "c=red"])
    #expect(source.columns[1].reference == "blue" && source.columns[1].mostFrequent == "red")
    #expect(rows.targets == [1, 2, 3, 4])
    #expect(rows.matrix == [[0.5, 0, 1], [-0.1, 0, 0], [0.25, 1, 0], [2, 0, 1]])
  }

  @Test func withoutAnInterceptEveryLevelIsAFeature() throws {
    let (source, rows) = try rows("y,c\n1,b\n2,a\n", intercept: false)
    #expect(source.featureNames == ["c=a", "c=b"])
    #expect(rows.matrix == [[0, 1], [1, 0]])
  }

  @Test func levelsThatAreNumbersAreOrderedAsNumbers() throws {
    let (source, _) = try rows("y,c\n1,10\n2,9\n3,2\n", ColumnRoles(target: "y", categorical: ["c"]))
    #expect(source.columns[0].levels == ["2", "9", "10"])
  }

  @Test func manyLevelsAreStoredSparse() throws {
    let text = "y,c\n" + (0..<20).map { "1,level\($0)\n" }.joined()
    let (source, rows) = try rows(text)
    #expect(source.isSparse && source.featureNames.count == 19)
    guard case .sparse(let starts, _, let values) = rows.features else {
      throw EspalierError(.data, "rows", "are dense")
    }
    #expect(starts.count == 21 && values == Array(repeating: 1, count: 19))
  }

  @Test func summariesAreThoseOfTheRows() throws {
    for missing in [MissingValues.drop, .mean] {
      let (source, rows) = try rows("y,x,c\n1,1,a\n2,NA,b\n3,4,b\n4,9,\n5,2,c\n", missing: missing)
      for (column, summary) in source.features.enumerated() {
        let values = rows.matrix.map { $0[column] }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(
          abs(summary.mean - mean) < 1e-12 && abs(summary.deviation - variance.squareRoot()) < 1e-12, "\(summary)")
      }
    }
  }

  @Test func constantColumnsAreLeftOutForAnIntercept() throws {
    let text = "y,year,country,x\n1,2013,NL,1\n2,2013,NL,2\n"
    let survey = try TableSurvey(table(text), roles: ColumnRoles(target: "y"))
    #expect(survey.constantColumns == ["year", "country"])
    #expect(try survey.source(intercept: true).featureNames == ["x"])
    #expect(try survey.source(intercept: false).featureNames == ["year", "country=NL", "x"])
  }

  @Test func rolesOfColumns() throws {
    let text = "y,x,z,w,o,e\n1,2,3,0.5,7,1\n2,4,5,0,8,2.718281828459045\n"
    let (source, rows) = try rows(
      text, ColumnRoles(target: "1", excluded: ["z"], offset: "o", exposure: "e", weights: "w"), intercept: false)
    #expect(source.featureNames == ["x"])
    #expect(rows.weights == [0.5, 0] && rows.offsets == [7, 9])
    let chosen = try TableSurvey(table(text), roles: ColumnRoles(target: "y", columns: ["z", "2"]))
    #expect(try chosen.source(intercept: false).featureNames == ["z", "x"])
  }

  @Test(arguments: [
    (ColumnRoles(target: "q"), "has no column \"q\""),
    (ColumnRoles(target: "9"), "has no column \"9\""),
    (ColumnRoles(target: "y", columns: ["x", "y"]), "two roles"),
    (ColumnRoles(target: "y", offset: "y"), "two roles"),
    (ColumnRoles(target: "y", columns: []), "no column left"),
  ])
  func rolesThatCannotBe(roles: ColumnRoles, fault: String) throws {
    let error = try #require(
      dataError { () throws(EspalierError) in try rows("y,x\n1,2\n3,4\n", roles, intercept: false) })
    #expect(error.fault.contains(fault), "\(error)")
  }

  @Test(arguments: [
    ("y,x\n1,2\n3,NA\n", "table.csv, line 3, column \"x\"", "missing"),
    ("y,x\n1,2\n,4\n", "table.csv, line 3, column \"y\"", "missing"),
    ("y,x\n1,2\n3,4\n5,six\n", "table.csv, line 4, column \"x\"", "\"six\" is not a number"),
    ("y,x\n1,2,3\n", "table.csv, line 2", "has 3 fields, and the first line has 2"),
    ("y,y\n1,2\n", "table.csv, line 1", "two columns named \"y\""),
    ("y,x\n", "table.csv", "no rows"),
    ("", "table.csv", "is empty"),
    ("y,x\na,1\nb,2\n", "table.csv, target \"y\"", "holds text"),
  ])
  func faultsAreNamedWithTheirPlace(text: String, subject: String, fault: String) throws {
    let error = try #require(dataError { () throws(EspalierError) in try rows(text) })
    #expect(error.subject == subject && error.fault.contains(fault), "\(error)")
  }

  @Test func missingValuesByChoice() throws {
    let text = "y,x,c\n1,1,a\n2,NA,b\n3,4,b\nnan,5,b\n4,10,\n"
    let dropped = try TableSurvey(table(text), roles: ColumnRoles(target: "y"), missing: .drop)
    #expect(dropped.rowCount == 2 && dropped.droppedCount == 3)
    #expect(try rows(text, missing: .drop).rows.matrix == [[1, 0], [4, 1]])
    // A target is never made up.
    #expect(
      dataError { () throws(EspalierError) in try rows(text, missing: .mean) }?.subject.contains("line 5") == true)
    let filled = try rows(
      text.split(separator: "\n").filter { !$0.hasPrefix("nan") }.joined(separator: "\n"), missing: .mean)
    #expect(filled.rows.matrix == [[1, 0], [5, 1], [4, 1], [10, 1]])
  }

  @Test(arguments: [
    ("1\n0\n1\n", [1, 0, 1]), ("0.25\n0\n1\n", [0.25, 0, 1]), ("-1\n1\n-1\n", [0, 1, 0]), ("2\n1\n1\n", [1, 0, 0]),
    ("Yes\nNo\nYes\n", [1, 0, 1]),
  ])
  func binaryTargets(column: String, expected: [Double]) throws {
    let text = "y,x\n" + column.split(separator: "\n").enumerated().map { "\($1),\($0)\n" }.joined()
    #expect(try rows(text, ColumnRoles(target: "y", targetKind: .binary)).rows.targets == expected)
  }

  @Test(arguments: ["-1\n0\n2\n", "a\nb\nc\n"])
  func noBinaryTargets(column: String) {
    let text = "y,x\n" + column.split(separator: "\n").enumerated().map { "\($1),\($0)\n" }.joined()
    #expect(throws: EspalierError.self) { try rows(text, ColumnRoles(target: "y", targetKind: .binary)) }
  }

  @Test func classesAreNumberedInOrder() throws {
    let (source, rows) = try rows("y,x\n10,1\n9,2\n2,3\n10,4\n", ColumnRoles(target: "y", targetKind: .classes))
    #expect(source.target?.coding == .classes(["2", "9", "10"]))
    #expect(rows.targets == [2, 1, 0, 2])
  }

  @Test func unknownLevels() throws {
    let (source, _) = try rows("y,c\n1,a\n2,b\n3,c\n")
    let other = try table("c\nb\nd\n")
    let refusing = try TableSource(other, columns: source.columns)
    let error = try #require(dataError { () throws(EspalierError) in try refusing.readAll() })
    #expect(error.subject == "table.csv, line 3, column \"c\"" && error.fault.contains("\"d\""))
    let tolerant = try TableSource(other, columns: source.columns, unknown: .zero)
    #expect(try tolerant.readAll()?.matrix == [[1, 0], [0, 0]])
  }

  @Test func withoutAHeader() throws {
    let file = try table("1;2\n3;4\n", delimiter: ";", hasHeader: false)
    let source = try TableSurvey(file, roles: ColumnRoles(target: "1")).source(intercept: false)
    #expect(source.featureNames == ["column2"])
    #expect(try source.readAll()?.targets == [1, 3])
  }

  @Test(arguments: [1, 2, 3, 100])
  func blocksAreTheWhole(size: Int) throws {
    let (source, whole) = try rows("y,x\n1,2\n3,4\n5,6\n7,8\n9,0\n")
    let reader = try source.reader()
    var matrix: [[Double]] = []
    while let block = try reader.next(atMost: size) {
      #expect(block.count <= size)
      matrix += block.matrix
    }
    #expect(matrix == whole.matrix)
  }

  /// Whatever happens to the bytes of a table, reading ends with rows or an error.
  @Test func damageNeverCrashes() {
    var generator = SeededGenerator(seed: 7)
    let sound = Array("y,x,\"c d\",w\n1,0.5,\"a\"\"b\",1\n2,NA,c,2\n3,-1e3,\"x\ny\",0\n".utf8)
    for _ in 0..<2000 {
      var bytes = sound
      for _ in 0..<1 + generator.index(below: 4) {
        bytes[generator.index(below: bytes.count)] = UInt8(generator.index(below: 256))
      }
      bytes.removeLast(generator.index(below: bytes.count / 2))
      for missing in MissingValues.allCases {
        _ = try? rows(
          String(decoding: bytes, as: UTF8.self), ColumnRoles(target: "y", weights: "w"), missing: missing)
      }
    }
  }
}
