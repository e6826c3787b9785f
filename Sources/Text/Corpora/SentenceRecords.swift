import EspalierFiles

/// The lines of a corpus, as in the file.
struct SentenceRecords {
  struct Record {
    let line: Int
    let first: String
    let second: String?
    let label: String?
    let language: String?
  }

  private(set) var all: [Record] = []

  /// The column names of known corpora, in the order of preference.
  private static let names = (
    first: ["sentence1", "premise", "claim", "text", "sentence", "first"],
    second: ["sentence2", "hypo", "hypothesis", "evidence", "second"],
    label: ["gold_label", "label", "class"], language: ["language", "lang"]
  )

  init(_ path: String, columns: SentenceColumns) throws(EspalierError) {
    let lines = try TextLines(path)
    let fileLanguage = Self.language(of: path)
    var header: [String]?
    for (number, line) in lines.numbered where !line.isEmpty {
      let place = "\(path), line \(number)"
      let fields: [String: String]
      if line.first == "{" {
        fields = try Self.members(line, place)
      } else {
        let values = line.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
        guard let names = header else {
          header = values
          continue
        }
        guard values.count == names.count else {
          throw EspalierError(.file, place, "has \(values.count) fields, and the first line names \(names.count)")
        }
        fields = Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
      }
      func value(_ asked: String?, _ usual: [String]) -> String? {
        asked.map { fields[$0] } ?? usual.lazy.compactMap { fields[$0] }.first
      }
      guard let first = value(columns.first, Self.names.first) else {
        throw EspalierError(
          .data, place, "has no first sentence among \(fields.keys.sorted().listed())",
          remedy: "name the columns with first=, second= and label=")
      }
      for asked in [columns.second, columns.label, columns.language].compactMap({ $0 }) where fields[asked] == nil {
        throw EspalierError(
          .argument, place, "has no field \"\(asked)\"",
          remedy: "it has \(fields.keys.sorted().listed())")
      }
      all.append(
        Record(
          line: number, first: first, second: value(columns.second, Self.names.second),
          label: value(columns.label, Self.names.label).map(Self.usual),
          language: value(columns.language, Self.names.language) ?? fileLanguage))
    }
  }

  /// The usual name of a label: XNLI's machine-translated training files have "contradictory" for one.
  private static func usual(_ label: String) -> String { label == "contradictory" ? "contradiction" : label }

  /// The language in the name of one of XNLI's files: `multinli.train.en.tsv`.
  private static func language(of path: String) -> String? {
    let parts = (path.split(separator: "/").last ?? "").split(separator: ".")
    guard parts.count == 4, parts[1] == "train", parts[2].count <= 3 else { return nil }
    return String(parts[2])
  }

  private static func members(_ line: String, _ place: String) throws(EspalierError) -> [String: String] {
    guard let members = try JSONValue(parsing: Array(line.utf8), subject: place).members else {
      throw EspalierError(.file, place, "is no JSON object")
    }
    var fields: [String: String] = [:]
    for member in members { if let text = member.value.string { fields[member.name] = text } }
    return fields
  }
}
