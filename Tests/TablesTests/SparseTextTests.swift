import EspalierFiles
import EspalierTables
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct SparseTextTests {
  @Test func readsRows() throws {
    let source = try sparseSource("1 1:0.5 3:2 # comment\n\n# nothing\n-2.5 qid:7 2:1e3\r\n3\n")
    let rows = try #require(try source.readAll())
    #expect(source.featureNames == ["1", "2", "3"] && source.rowCount == 3)
    #expect(rows.targets == [1, -2.5, 3])
    #expect(rows.matrix == [[0.5, 0, 2], [0, 1000, 0], [0, 0, 0]])
  }

  @Test func indicesBeginAtZeroWhereOneOccurs() throws {
    #expect(try sparseSource("1 0:1 2:1\n").featureNames == ["0", "1", "2"])
    #expect(try sparseSource("1 1:1 2:1\n", firstIndex: 0).featureNames == ["0", "1", "2"])
    #expect(throws: EspalierError.self) { try sparseSource("1 0:1\n", firstIndex: 1) }
  }

  @Test func summariesCountZeros() throws {
    let source = try sparseSource("1 1:2\n1 1:4\n1 2:1\n1 1:6\n")
    let (mean, second) = (12.0 / 4, (4.0 + 16 + 36) / 4)
    #expect(source.features[0].mean == mean)
    #expect(abs(source.features[0].deviation - (second - mean * mean).squareRoot()) < 1e-12)
  }

  @Test(arguments: [("+1 1:1\n-1 1:2\n", [1.0, 0]), ("2 1:1\n1 1:2\n", [1, 0]), ("0 1:1\n1 1:2\n", [0, 1])])
  func binaryLabels(text: String, expected: [Double]) throws {
    #expect(try sparseSource(text, kind: .binary).readAll()?.targets == expected)
  }

  @Test func classes() throws {
    let source = try sparseSource("3 1:1\n10 1:2\n3 1:3\n", kind: .classes)
    #expect(source.coding == .classes(["3", "10"]))
    #expect(try source.readAll()?.targets == [0, 1, 0])
  }

  @Test(arguments: [
    ("1 1:1\nx 1:1\n", "rows.svm, line 2", "is not a label"),
    ("1 1:1\n1 2\n", "rows.svm, line 2", "is not index:value"),
    ("1 a:1\n", "rows.svm, line 1", "is not index:value"),
    ("1 -1:1\n", "rows.svm, line 1", "is not index:value"),
    ("1 1:\n", "rows.svm, line 1", "is not index:value"),
    ("1 2:1 2:1\n", "rows.svm, line 1", "not above the one before"),
    ("1 3:1 2:1\n", "rows.svm, line 1", "not above the one before"),
    ("1 4000000000:1\n", "rows.svm, line 1", "has an index above"),
    ("# nothing\n", "rows.svm", "no rows"),
    ("1\n2\n", "rows.svm", "no features"),
  ])
  func faultsAreNamedWithTheirLine(text: String, subject: String, fault: String) throws {
    let error = try #require(dataError { () throws(EspalierError) in try sparseSource(text) })
    #expect(error.subject == subject && error.fault.contains(fault), "\(error)")
  }

  @Test func threeLabelsAreNotTwo() throws {
    let error = dataError { () throws(EspalierError) in
      try sparseSource("-1 1:1\n0 1:1\n1 1:1\n", kind: .binary).readAll()
    }
    #expect(error?.subject == "rows.svm")
    #expect(error?.fault.contains("has three labels, \"-1\", \"0\", \"1\"") == true)
  }

  @Test func linesLongerThanTheBuffer() throws {
    let text = "1 " + (1...60_000).map { "\($0):\($0)" }.joined(separator: " ") + "\n2 1:5"
    let rows = try #require(try sparseSource(text).readAll())
    #expect(rows.count == 2 && rows.featureCount == 60_000 && rows.matrix[0].last == 60_000)
  }

  @Test func damageNeverCrashes() {
    var generator = SeededGenerator(seed: 3)
    let sound = Array("1 1:0.5 3:2 # c\n-1 qid:3 2:1e-3\n".utf8)
    for _ in 0..<3000 {
      var bytes = sound
      bytes[generator.index(below: bytes.count)] = UInt8(generator.index(below: 256))
      bytes.removeLast(generator.index(below: bytes.count))
      _ = try? sparseSource(String(decoding: bytes, as: UTF8.self), kind: .binary).readAll()
    }
  }
}
