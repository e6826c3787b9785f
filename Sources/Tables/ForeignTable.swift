import EspalierFiles

/// A format in which other tools keep tables, and the line that makes CSV of it.
struct ForeignTable: Sendable {
  /// The description of such a file, as the end of a sentence that begins with its name.
  let description: String
  /// The first bytes.
  private let signature: [UInt8]
  /// The position of the signature.
  private let offset: Int
  /// Whether a file of the format is text.
  private var isText: Bool { signature.first == UInt8(ascii: "[") || signature.first == UInt8(ascii: "{") }
  /// Python that reads the file at `FILE` into a data frame `d`, or a command line that begins with `$`.
  private let reading: String

  private init(_ description: String, _ signature: [UInt8], at offset: Int = 0, _ reading: String) {
    self.description = description
    self.signature = signature
    self.offset = offset
    self.reading = reading
  }

  private init(_ description: String, _ signature: String, _ reading: String) {
    self.init(description, Array(signature.utf8), reading)
  }

  /// The formats told by their first bytes. Compressed files of other kinds than gzip are among them.
  private static let all = [
    ForeignTable("a Parquet file", "PAR1", "d = pandas.read_parquet('FILE')"),
    ForeignTable("an Arrow or Feather file", "ARROW1", "d = pandas.read_feather('FILE')"),
    ForeignTable("a Feather file", "FEA1", "d = pandas.read_feather('FILE')"),
    ForeignTable(
      "an Arrow stream", [0xFF, 0xFF, 0xFF, 0xFF],
      "import pyarrow; d = pyarrow.ipc.open_stream('FILE').read_pandas()"),
    ForeignTable("an ORC file", "ORC", "d = pandas.read_orc('FILE')"),
    ForeignTable("an HDF5 file", [0x89, 0x48, 0x44, 0x46], "d = pandas.read_hdf('FILE')"),
    ForeignTable("an Excel workbook", [0xD0, 0xCF, 0x11, 0xE0], "d = pandas.read_excel('FILE')"),
    ForeignTable("a Stata file", "<stata_dta>", "d = pandas.read_stata('FILE')"),
    ForeignTable("an SPSS file", "$FL2", "d = pandas.read_spss('FILE')"),
    ForeignTable(
      "a SAS file", [0xC2, 0xEA, 0x81, 0x60], at: 12, "d = pandas.read_sas('FILE', format='sas7bdat')"),
    ForeignTable("a pickled Python object", [0x80, 0x04, 0x95], "d = pandas.read_pickle('FILE')"),
    ForeignTable("a pickled Python object", [0x80, 0x05, 0x95], "d = pandas.read_pickle('FILE')"),
    ForeignTable(
      "a NumPy array", [0x93] + Array("NUMPY".utf8), "import numpy; d = pandas.DataFrame(numpy.load('FILE'))"),
    ForeignTable(
      "an SQLite database", "SQLite format 3", "$sqlite3 -header -csv FILE 'SELECT * FROM table' > FILE.csv"),
    ForeignTable(
      "an R workspace", "RDX", "$Rscript -e \"write.csv(get(load('FILE')), 'FILE.csv', row.names = FALSE)\""),
    ForeignTable("a JSON file", "[{", "d = pandas.read_json('FILE')"),
    ForeignTable("a file of JSON lines", "{\"", "d = pandas.read_json('FILE', lines=True)"),
    ForeignTable("compressed by zstd", [0x28, 0xB5, 0x2F, 0xFD], "$zstd -dc FILE > FILE.csv"),
    ForeignTable("compressed by bzip2", "BZh", "$bzip2 -dc FILE > FILE.csv"),
    ForeignTable("compressed by xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A], "$xz -dc FILE > FILE.csv"),
  ]

  /// Zip archives by what the first member is called.
  private static func archive(_ head: [UInt8]) -> ForeignTable? {
    guard head.starts(with: Array("PK\u{3}\u{4}".utf8)) else { return nil }
    let text = String(decoding: head, as: UTF8.self)
    if text.contains(".npy") {
      return ForeignTable("a NumPy archive", "PK", "import numpy; d = pandas.DataFrame(dict(numpy.load('FILE')))")
    }
    let isWorkbook = ["[Content_Types].xml", "xl/", "_rels/", "docProps/", "mimetype"].contains(where: text.contains)
    return isWorkbook
      ? ForeignTable("an Excel or OpenDocument workbook", "PK", "d = pandas.read_excel('FILE')")
      : ForeignTable("a zip archive", "PK", "$unzip -p FILE > FILE.csv")
  }

  /// The format of `input` by its first bytes, decompressed if they are gzip; `nil` if they may be a table's.
  static func signed(_ input: RepeatableInput) throws(EspalierError) -> ForeignTable? {
    let reader = try input.reader()
    let head = try [UInt8](upTo: 512) { buffer throws(EspalierError) in try reader.read(into: buffer) }
    // Some signatures may begin a header, as `ORC` does `ORCID`: what follows them is never text.
    let isBinary = head.contains { $0 < 9 || (14..<27).contains($0) }
    return archive(head)
      ?? all.first { ($0.isText || isBinary) && head.dropFirst($0.offset).starts(with: $0.signature) }
  }

  /// The refusal of a file of this format.
  func refusal(of path: String) -> EspalierError {
    let line = reading.replacing("FILE", with: path)
    let remedy =
      reading.hasPrefix("$")
      ? String(line.dropFirst())
      : "python3 -c \"import pandas; \(line); d.to_csv('\(path).csv', index=False)\""
    return EspalierError(
      .file, path, "is \(description), and tables are read as CSV, TSV or LIBSVM", remedy: "write it as CSV: \(remedy)")
  }
}
