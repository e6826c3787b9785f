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
  ///   - delimiter: The separator of a table's fields; `nil` for that of the format.
  ///   - hasHeader: Whether a table's first record names its columns.
  /// - Throws: `EspalierError` if the file cannot be read, or a table has no header.
  package init(
    _ path: String, format: Format? = nil, delimiter: Character? = nil, hasHeader: Bool = true
  ) throws(EspalierError) {
    let input = try RepeatableInput(path)
    switch format ?? Format(path: path) {
    case .libsvm: self = .sparse(SparseTextFile(input))
    case .tsv: self = .table(try DelimitedFile(input, delimiter: delimiter ?? "\t", hasHeader: hasHeader))
    case .csv: self = .table(try DelimitedFile(input, delimiter: delimiter ?? ",", hasHeader: hasHeader))
    }
  }
}
