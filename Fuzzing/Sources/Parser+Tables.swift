import EspalierFiles
import EspalierRegression
import EspalierTables

extension Parser {
  /// Separated values, whose format is recognised: the first column as numbers, and as classes.
  static let csv = Parser("csv", in: "table.csv") { (path) throws(EspalierError) in
    try read(path, ColumnRoles(target: "1"), numbers: .mean, classes: .drop)
  }

  /// Sparse rows of LIBSVM, with labels as numbers, and as classes.
  static let libsvm = Parser("libsvm", in: "rows.svm") { (path) throws(EspalierError) in
    try read(path, nil, numbers: .refuse, classes: .refuse)
  }

  /// Formulas, applied to a table of numbers and levels.
  static let formula = Parser("formula") { (bytes) throws(EspalierError) in
    let table = try ScratchFolder.shared.write(SmallTable.bytes, to: "small.csv")
    let formula = try Formula(String(decoding: bytes, as: UTF8.self))
    try read(
      RegressionData(
        DataFile(table), formula: formula, trials: nil, roles: ColumnRoles(target: formula.response?.column ?? "count"),
        family: Family(.gaussian), missing: .drop, intercept: true, keepsRows: true))
  }

  /// Models that `fit` has written, applied to a table and to sparse rows.
  static let model = Parser("model", in: "model.json") { (path) throws(EspalierError) in
    let predictor = try Predictor(FittedModel.read(path))
    let table = try ScratchFolder.shared.write(SmallTable.bytes, to: "small.csv")
    let sparse = try ScratchFolder.shared.write(SmallTable.sparse, to: "small.svm")
    try each(
      { () throws(EspalierError) in try predict(predictor, table) },
      { () throws(EspalierError) in try predict(predictor, sparse) })
  }

  private static func predict(_ predictor: Predictor, _ path: String) throws(EspalierError) {
    let rows = try predictor.rows(of: DataFile(path), missing: .mean, unknown: .zero)
    while let some = try rows.next(atMost: 7) { _ = predictor.predictions(some) }
  }

  /// Reads a file with targets as numbers and as classes, missing values being treated so.
  private static func read(
    _ path: String, _ roles: ColumnRoles?, numbers: MissingValues, classes: MissingValues
  ) throws(EspalierError) {
    try each(
      { () throws(EspalierError) in
        try read(
          RegressionData(
            DataFile(path), roles: roles, family: Family(.gaussian), missing: numbers, intercept: true, keepsRows: true)
        )
      },
      { () throws(EspalierError) in
        try read(
          RegressionData(
            DataFile(path), roles: roles, family: Family(.multinomial), missing: classes, intercept: false))
      })
  }

  /// Reads rows at once, and a few at a time.
  private static func read(_ data: RegressionData) throws(EspalierError) {
    _ = try data.readAll()
    let rows = try data.source.reader()
    while try rows.next(atMost: 7) != nil {}
  }

  /// Makes all attempts and throws the error of the last: that of one must not hide the others.
  private static func each(
    _ first: () throws(EspalierError) -> Void, _ second: () throws(EspalierError) -> Void
  ) throws(EspalierError) {
    try? first()
    try second()
  }
}
