import EspalierLinearAlgebra

extension ActivationStatistics {
  /// The statistics of a complete hidden representation: channels x samples, in double precision.
  package init(of hidden: Matrix) {
    self.init(
      count: hidden.columns, sum: (0..<hidden.rows).map { hidden.row($0).reduce(0, +) },
      gram: Matrix.product(hidden, hidden, transposingSecond: true))
    magnitudes = (0..<hidden.rows).map { hidden.row($0).reduce(0) { $0 + abs($1) } }
  }
}
