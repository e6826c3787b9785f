import EspalierFiles

/// A file of rows, in one of the supported formats.
package enum DataFile: Sendable {
  /// Separated values.
  case table(DelimitedFile)
  /// Sparse rows.
  case sparse(SparseTextFile)

  /// The formats by name.
  package enum Format: String, CaseIterable, Sendable {
    /// Comma separated values.
    case csv
    /// Tab separated values.
    case tsv
    /// LIBSVM's and SVMlight's sparse rows.
    case libsvm

    /// The format by the name of a file: `.svm`, `.svmlight` and `.libsvm`, `.tsv` and `.tab`, each also followed by
    /// `.gz`; anything else is CSV.
    package init(path: String) {
      let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
      if [".svm", ".svmlight", ".libsvm"].contains(where: name.hasSuffix) {
        self = .libsvm
      } else {
        self = [".tsv", ".tab"].contains(where: name.hasSuffix) ? .tsv : .csv
      }
    }
  }

  /// The file at `path` (`-` is standard input).
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - format: The format; `nil` to infer it from the name.
  ///   - table: What is known of the format of a table; by default nothing.
  /// - Throws: `EspalierError` if the file cannot be read, is of another kind (``ForeignTable``), or is a table without
  ///   a header.
  package init(_ path: String, format: Format? = nil, table: TableFormat = TableFormat()) throws(EspalierError) {
    let input = try RepeatableInput(path)
    if let foreign = try ForeignTable.signed(input) { throw foreign.refusal(of: input.subject) }
    switch format ?? Format(path: path) {
    case .libsvm: self = .sparse(SparseTextFile(input))
    case .tsv:
      var table = table
      table.delimiter = table.delimiter ?? "\t"
      self = .table(try table.table(input))
    case .csv: self = .table(try table.table(input))
    }
  }

  /// Sentences about what was recognised in the file.
  package var remarks: [String] {
    if case .table(let file) = self { file.remarks } else { [] }
  }
}
