import EspalierFiles
import EspalierTables
import EspalierTensors
import EspalierTestSupport
import Testing

/// Rows that the first pass keeps are to the bit those that a second pass reads.
@Suite struct KeptRowsTests {
  private static let roles = ColumnRoles(
    target: "y", excluded: ["id"], categorical: ["code"], offset: "o", exposure: "e", weights: "w")

  @Test(arguments: [TargetKind.number, .binary, .classes], MissingValues.allCases)
  func rowsOfATableAreThoseOfASecondPass(kind: TargetKind, missing: MissingValues) throws {
    var generator = SeededGenerator(seed: 3)
    func pick(_ values: [String]) -> String { values[Int(generator.uniform() * Double(values.count))] }
    for round in 0..<20 {
      func gap(_ value: String) -> String {
        let share = missing == .mean ? 0.1 : missing == .drop && round == 0 ? 0.02 : 0
        return generator.uniform() < share ? pick(["", "NA"]) : value
      }
      let levels = round.isMultiple(of: 2) ? ["red", "green", "blue"] : (0..<30).map { "level\($0)" }
      let labels = kind == .number ? nil : round.isMultiple(of: 3) ? ["1", "2"] : ["yes", "no"]
      var text = "y,id,x,color,code,only,z,w,o,e\n"
      for row in 0..<60 {
        // Each label occurs; a target, weight or offset is never made up.
        let label = labels.map { row < 2 ? $0[row] : pick($0) } ?? String(generator.normal())
        let number = { String(generator.normal()) }
        let fields = [
          row < 2 || missing == .mean ? label : gap(label), String(row), gap(number()), gap(pick(levels)),
          gap(pick(["7", "11", "3"])), round < 10 ? "same" : pick(["a", "b"]), gap(number()),
          pick(["0", "1.5"]), number(), pick(["1", "2"]),
        ]
        text += fields.joined(separator: ",") + "\n"
      }
      var roles = Self.roles
      roles.targetKind = kind
      for intercept in [false, true] {
        let survey = try TableSurvey(table(text), roles: roles, missing: missing, keepsValues: true)
        let source = try survey.source(intercept: intercept)
        let kept = survey.keptRows(of: source)
        // Files with rows that are left out are read again.
        if survey.droppedCount > 0 { #expect(kept == nil) } else { try expectEqual(kept, try source.readAll()) }
      }
    }
  }

  @Test(arguments: [MissingValues.refuse, .mean]) func rowsOfNumbersAloneAreThoseOfASecondPass(
    missing: MissingValues
  ) throws {
    let gap = missing == .refuse ? "8" : ""
    let text = "y,x,z\n1,0.5,-0.0\n2,\(gap),1e300\n3,4,\(gap)\n4,0.1,2\n"
    let survey = try TableSurvey(
      table(text), roles: ColumnRoles(target: "y"), missing: missing, keepsValues: true)
    let source = try survey.source(intercept: true)
    try expectEqual(survey.keptRows(of: source), source.readAll())
  }

  @Test(arguments: [
    "y,x,w,e\n1,1,1,1\n2,2,-1,1\n", "y,x,w,e\n1,1,1,1\n2,2,1,0\n", "y,x,w,e\n1,1,a,1\n2,2,b,1\n",
  ])
  func whatCannotBeUsedIsFoundByReadingAgain(text: String) throws {
    let roles = ColumnRoles(target: "y", targetKind: .binary, exposure: "e", weights: "w")
    let survey = try TableSurvey(table(text), roles: roles, keepsValues: true)
    let source = try survey.source(intercept: true)
    #expect(survey.keptRows(of: source) == nil)
    #expect(dataError { () throws(EspalierError) in try source.readAll() }?.description.contains("line") == true)
  }

  @Test func nothingIsKeptUnlessAsked() throws {
    let survey = try TableSurvey(table("y,x\n1,1\n2,2\n"), roles: ColumnRoles(target: "y"))
    #expect(try survey.keptRows(of: survey.source(intercept: true)) == nil)
    #expect(try sparseSource("1 1:1\n").keptRows == nil)
  }

  @Test(arguments: [TargetKind.number, .binary, .classes], [0, 1])
  func sparseRowsAreThoseOfASecondPass(kind: TargetKind, first: Int) throws {
    let text = "3 \(first):0.5 3:2\n10 2:1e3 4:0\n3\n10 \(first):1 5:-1\n"
    let file = SparseTextFile(RepeatableInput(Array(text.utf8), subject: "rows.svm"))
    let source = try SparseTextSource(file, targetKind: kind, keepsRows: true)
    try expectEqual(source.keptRows, source.readAll())
  }

  private func expectEqual(_ first: Rows?, _ second: Rows?, _ location: SourceLocation = #_sourceLocation) throws {
    let first = try #require(first, sourceLocation: location)
    let second = try #require(second, sourceLocation: location)
    #expect(first.count == second.count && first.featureCount == second.featureCount, sourceLocation: location)
    #expect(bits(first.targets) == bits(second.targets), sourceLocation: location)
    #expect(bits(first.weights) == bits(second.weights), sourceLocation: location)
    #expect(bits(first.offsets) == bits(second.offsets), sourceLocation: location)
    switch (first.features, second.features) {
    case (.dense(let first), .dense(let second)): #expect(bits(first) == bits(second), sourceLocation: location)
    case (.sparse(let starts, let columns, let values), .sparse(let otherStarts, let otherColumns, let others)):
      #expect(
        starts == otherStarts && columns == otherColumns && bits(values) == bits(others), sourceLocation: location)
    default: Issue.record("one is dense and the other sparse", sourceLocation: location)
    }
  }

  private func bits(_ numbers: [Double]) -> [UInt64] { numbers.map(\.bitPattern) }
}
