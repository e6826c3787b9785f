import EspalierFiles
import EspalierTables
import EspalierTestSupport
import Testing

/// Formats that are recognised, comments, and files of other formats.
@Suite struct TableFormatTests {
  private func open(_ text: String, _ format: TableFormat = TableFormat()) throws(EspalierError) -> DelimitedFile {
    try format.table(RepeatableInput(Array(text.utf8), subject: "table.csv"))
  }

  @Test(arguments: [
    ("y,x\n1,2\n3,4\n", ",", FieldNotation.DecimalMark.point, 0), ("y;x\n1;2\n3;4\n", ";", .point, 1),
    ("y;x\n1,5;2,25\n3;4\n", ";", .comma, 2), ("y;x\n1,500;2\n3;4\n", ";", .comma, 2),
    ("y;x\n1.5;2\n3;4\n", ";", .point, 1), ("y;x\n1.5;1,000\n3;4\n", ";", .point, 1),
    ("y;x\n1.234,5;1\n3;4\n", ";", .comma, 2), ("y\tx\n1\t2\n", "\t", .point, 1), ("y|x\n1|2\n", "|", .point, 1),
    ("y,x\n\"1,5\",\"2,25\"\n", ",", .comma, 1), ("y,x\n\"1,000\",\"2,000\"\n", ",", .point, 0),
    ("\u{FEFF}y;x\r\n1,5;2\r\n", ";", .comma, 2), ("price, EUR;x\n1,5;2,5\n", ";", .comma, 2),
    ("y,x\n1,a;b\n2,c;d\n", ",", .point, 0), ("y\n1\n2\n", ",", .point, 0), ("y,x\n1,2\n3\n", ",", .point, 0),
  ])
  func delimiterAndDecimalMarkAreRecognised(
    text: String, delimiter: Character, decimal: FieldNotation.DecimalMark, remarks: Int
  ) throws {
    let file = try open(text)
    #expect(file.delimiter == delimiter && file.notation.decimal == decimal)
    #expect(file.remarks.count == remarks, "\(file.remarks)")
  }

  @Test func whatIsSaidIsNotGuessed() throws {
    let file = try open("y;x\n1,5;2\n", TableFormat(delimiter: ";", decimal: .point))
    #expect(file.notation.decimal == .point && file.remarks.isEmpty)
  }

  @Test func decimalCommasAreRead() throws {
    let file = try open("y;x\n1,5;-2,25e1\n+3;,5\n1.234,5;2.000.000\n-0,1;1\n")
    let survey = try TableSurvey(file, roles: ColumnRoles(target: "y"), keepsValues: true)
    let source = try survey.source(intercept: false)
    for rows in [survey.keptRows(of: source), try source.readAll()] {
      #expect(rows?.targets == [1.5, 3, 1234.5, -0.1])
      #expect(rows?.matrix == [[-22.5], [0.5], [2_000_000], [1]])
    }
  }

  @Test func commentsAreSkipped() throws {
    let text = "# made by hand\ny,c\n1,#fff # white, of course\n# \"2,#000\n  # indented\n3,#000\n#"
    let file = try open(text, TableFormat(comment: "#"))
    let source = try TableSurvey(file, roles: ColumnRoles(target: "y")).source(intercept: false)
    #expect(source.columns[0].levels == ["#000", "#fff"])
    #expect(try source.readAll()?.targets == [1, 3])
    // Without the option a mark is text.
    #expect(try records("#a,b\n1,2 # 3\n") == [["#a", "b"], ["1", "2 # 3"]])
  }

  @Test(arguments: ["\"", ",", "é", "\n"]) func marksThatCannotBeginComments(mark: Character) throws {
    #expect(dataError { () throws(EspalierError) in try open("y,x\n1,2\n", TableFormat(comment: mark)) } != nil)
  }

  @Test func namesWithCommasAreQuoted() throws {
    #expect(
      try ColumnList.parse("a, b c ,\"price, EUR\",,\"say \"\"x\"\"\"", of: "--columns")
        == ["a", "b c", "price, EUR", "say \"x\""])
    #expect(try ColumnList.parse("", of: "--columns") == [])
    let error = try #require(dataError { () throws(EspalierError) in try ColumnList.parse("\"a", of: "--columns") })
    #expect(error.kind == .argument && error.subject == "--columns")
    for name in ["a", "price, EUR", "say \"x\""] {
      #expect(try ColumnList.parse(ColumnList.quoted(name), of: "--columns") == [name])
    }
  }

  @Test func raggedRowsAreNamedByLine() throws {
    let error = try #require(
      dataError { () throws(EspalierError) in
        try TableSurvey(open("y,x\n1,2\n3,\"4\n4\"\n1,5,6\n"), roles: ColumnRoles(target: "y", categorical: ["x"]))
      })
    #expect(error.subject == "table.csv, line 5" && error.remedy?.contains("row's name") == true)
  }

  @Test(arguments: [
    (Array("PAR1\u{15}\u{4}".utf8), "a Parquet file", "read_parquet"),
    (Array("ARROW1\u{0}\u{0}".utf8), "an Arrow or Feather file", "read_feather"),
    (Array("FEA1\u{0}".utf8), "a Feather file", "read_feather"),
    (Array("PK\u{3}\u{4}\u{14}\u{0}[Content_Types].xml".utf8), "an Excel or OpenDocument workbook", "read_excel"),
    (Array("PK\u{3}\u{4}\u{14}\u{0}data.csv".utf8), "a zip archive", "unzip -p"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "an Excel workbook", "read_excel"),
    (Array("SQLite format 3\u{0}".utf8), "an SQLite database", "sqlite3"),
    (Array("[{\"y\": 1}]".utf8), "a JSON file", "read_json"),
    ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "compressed by zstd", "zstd -dc"),
  ])
  func otherFormatsAreAnsweredWithALine(bytes: [UInt8], kind: String, line: String) throws {
    let folder = try TemporaryDirectory()
    let path = try folder.file("data", bytes)
    let error = try #require(dataError { () throws(EspalierError) in try DataFile(path) })
    #expect(error.kind == .file && error.subject == path && error.fault.contains(kind), "\(error)")
    #expect(error.remedy?.contains(line) == true && error.remedy?.contains(path) == true, "\(error)")
  }

  @Test func headersThatBeginLikeASignatureAreText() throws {
    let folder = try TemporaryDirectory()
    for header in ["ORCID,y", "PAR1,y", "BZh,y", "RDX,y"] {
      guard case .table(let file) = try DataFile(folder.file("data.csv", Array("\(header)\n1,2\n".utf8))) else {
        throw EspalierError(.data, "the file", "is no table")
      }
      #expect(file.header.count == 2)
    }
  }
}
