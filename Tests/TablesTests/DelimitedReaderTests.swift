import EspalierFiles
import EspalierTables
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct DelimitedReaderTests {
  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("\"a,b\",\"c\"\"d\"\"\"\n", [["a,b", "c\"d\""]]),
    ("\"a\nb\r\nc\",d\n", [["a\nb\r\nc", "d"]]),
    ("\"\",\n", [["", ""]]),
    ("\"\"\n", [[""]]),
    ("a\n\n\r\nb\n   \n", [["a"], ["b"]]),
    (" a , \tb\n", [["a", "b"]]),
    ("\" a \",b\n", [[" a ", "b"]]),
    ("5\" pipe,x\n", [["5\" pipe", "x"]]),
    ("a,,\n,,b\n", [["a", "", ""], ["", "", "b"]]),
    ("ä,日本\n", [["ä", "日本"]]),
    ("\"a\",\"b\"", [["a", "b"]]),
    ("\"a\"\"\"", [["a\""]]),
    ("", []), ("\n\n", []), ("\u{FEFF}", []),
  ])
  func reads(text: String, expected: [[String]]) throws {
    #expect(try records(text) == expected)
  }

  @Test(arguments: [";", "\t", "|", " "] as [Character])
  func anyDelimiter(delimiter: Character) throws {
    #expect(try records("a,b\(delimiter)\"c\(delimiter)d\"\n", delimiter: delimiter) == [["a,b", "c\(delimiter)d"]])
    #expect(try records("\(delimiter)x\n", delimiter: delimiter) == [["", "x"]])
  }

  @Test(arguments: ["\n", "\"", "é"] as [Character])
  func noDelimiter(delimiter: Character) {
    #expect(throws: EspalierError.self) { try records("a", delimiter: delimiter) }
  }

  @Test(arguments: [
    ("a,b\n1,\"2\n3\n", "table.csv, line 2", "never closed"),
    ("a\n\"1\"2\n", "table.csv, line 2", "behind a closing quote"),
    ("a\n\"1\n\n\"2\n", "table.csv, line 4", "behind a closing quote"),
  ])
  func damageIsNamedWithItsLine(text: String, subject: String, fault: String) throws {
    let error = try #require(dataError { () throws(EspalierError) in try records(text) })
    #expect(error.subject == subject && error.fault.contains(fault), "\(error)")
  }

  @Test func utf16IsNamed() throws {
    let error = try #require(dataError { () throws(EspalierError) in try records([0xFF, 0xFE, 0x61, 0]) })
    #expect(error.fault.contains("UTF-16"))
  }

  @Test func aLineIsThatOfTheFile() throws {
    let reader = try DelimitedReader(BytesInMemory(Array("a\n\n\"b\n\n\"\nc\n".utf8), subject: "").reader(from: 0))
    var lines: [Int] = []
    while try reader.next() { lines.append(reader.line) }
    #expect(lines == [1, 3, 6])
  }

  @Test func recordsLongerThanTheBuffer() throws {
    let long = String(repeating: "x", count: 300_000)
    let quoted = String(repeating: "\"\"\n", count: 200_000)
    let unquoted = String(repeating: "\"\n", count: 200_000)
    #expect(try records("\(long),\"\(quoted)\"\n1,2\n") == [[long, unquoted], ["1", "2"]])
  }

  /// Random fields, written as RFC 4180 says, come back.
  @Test func whatIsWrittenIsRead() throws {
    var generator = SeededGenerator(seed: 4180)
    let pieces = ["a", "\"", ",", "\n", "\r\n", " ", "é", "1", ""]
    for _ in 0..<300 {
      let columns = 2 + generator.index(below: 3)
      let table = (0..<generator.index(below: 6)).map { _ in
        (0..<columns).map { _ in
          (0..<generator.index(below: 6)).map { _ in pieces[generator.index(below: pieces.count)] }.joined()
        }
      }
      let text = table.map { record in
        record.map {
          "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        .joined(separator: ",") + (generator.index(below: 2) == 0 ? "\n" : "\r\n")
      }.joined()
      #expect(try records(text) == table)
    }
  }

  /// Whatever the bytes are, the reader ends with records or an error.
  @Test func noBytesCrashIt() {
    var generator = SeededGenerator(seed: 1)
    let alphabet = Array("\",\n\r 1a".utf8) + [0, 0xEF, 0xBB, 0xBF, 0xFF]
    for _ in 0..<3000 {
      let bytes = (0..<generator.index(below: 40)).map { _ in alphabet[generator.index(below: alphabet.count)] }
      _ = try? records(bytes)
    }
  }

  @Test func truncationAtEveryLength() throws {
    let text = Array("y,\"a \"\"b\"\"\",c\r\n1,\"x\ny\",3\r\n".utf8)
    let whole = try records(text)
    var readable = 0
    for count in 0..<text.count {
      guard let read = try? records(Array(text[..<count])) else { continue }
      readable += 1
      #expect(read.count <= whole.count)
      // All records but the last are whole.
      #expect(Array(read.dropLast()) == Array(whole.prefix(max(0, read.count - 1))))
    }
    #expect(readable > 0, "every truncation was refused, so nothing was compared")
  }
}
