import EspalierReports

/// An experiment of the papers as one part of `reproduce all`: its settings and its data are chosen.
package protocol PaperExperiment: Sendable {
  /// The figure, table or statement that it answers.
  var exhibit: Exhibit { get }

  /// Runs what is missing in `folder`, which exists, and judges the claims at the exhibit.
  ///
  /// - Throws: `EspalierError` if the experiment cannot be run, or the folder holds results of other settings.
  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings
}

/// What came out of an experiment.
package struct Findings: Hashable, Sendable {
  /// The claims, judged.
  package let claims: [JudgedClaim]
  /// The figures that stand beside the paper's.
  package let figures: [Block]
  /// The tables behind them.
  package let tables: [Table]
  /// The settings.
  package let facts: Facts

  /// Findings of these claims and figures.
  package init(claims: [JudgedClaim], figures: [Block], tables: [Table], facts: Facts) {
    (self.claims, self.figures, self.tables, self.facts) = (claims, figures, tables, facts)
  }
}

/// The progress of one part of `reproduce all`.
package struct ReproductionStage: Sendable {
  /// The job: `training, dense`.
  package let title: String
  /// The number of units done since the job began.
  package let done: Int
  /// The number to do, if it is known.
  package let total: Int?
  /// The name of the units, in the plural.
  package let unit: String

  /// `done` of `total` units.
  package init(_ title: String, _ done: Int, of total: Int?, _ unit: String) {
    (self.title, self.done, self.total, self.unit) = (title, done, total, unit)
  }
}
