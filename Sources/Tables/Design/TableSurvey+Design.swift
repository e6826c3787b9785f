import EspalierFiles

/// A design, and its features over the rows of a table.
package struct SurveyedDesign: Sendable {
  /// The design.
  package let design: Design
  /// The rows of the table as features.
  package let source: any RowSource
  /// The features and their statistics.
  package let features: [FeatureSummary]
  /// The mean of the weights; `nil` without weights.
  package let meanWeight: Double?
  /// The conversion of the target's values to numbers.
  package let coding: TargetCoding
  /// All rows; `nil` if the survey did not keep their values.
  package let keptRows: Rows?
}

extension TableSurvey {
  /// The rows as the features of a formula.
  ///
  /// Numbers that splines and polynomials are made of are read in one pass and kept until these are; a further pass
  /// takes the statistics of the features.
  ///
  /// - Parameters:
  ///   - formula: The formula, with `.` replaced, whose columns are those of the survey.
  ///   - text: The formula as it was written.
  ///   - trials: The column of failures or of trials that makes the target the number of successes; `nil` for none.
  /// - Throws: `EspalierError` if a term does not fit the columns, or a number of a row is not finite.
  package func design(
    _ formula: Formula.Expansion, text: String, trials: Trials? = nil
  ) throws(EspalierError) -> SurveyedDesign {
    try refuseNames()
    let columns = features.map { $0.column(reference: false) }
    let table = try TableSource(
      file, columns: columns, notations: notations,
      target: TableSource.Target(column: others[0].name, coding: targetCoding()), offset: positions.offset.map(name),
      exposure: positions.exposure.map(name), weights: positions.weights.map(name),
      missing: missing, codesLevels: true)
    let shares = try trials.map { (trials) throws(EspalierError) in try TrialShares(trials, among: columns) }
    let (subject, names) = (file.input.subject, table.featureNames)
    do throws(EspalierError) {
      let kept = keptRows(of: table)
      let raw = kept.map { RowsInMemory($0) as any RowSource } ?? table
      let rows = TransformedSource(raw, featureNames: names) { (rows, first) throws(EspalierError) in
        try shares?(rows, behind: first) ?? rows
      }
      let builder = DesignBuilder(
        formula, text: text, columns: shares == nil ? columns : columns.filter(formula.reads),
        references: roles.references, file: file)
      let (design, statistics) = try builder.build(over: rows)
      let plan = try DesignPlan(design)
      let isKept = kept != nil
      let keptRows = isKept ? try rows.readAll() : nil
      return SurveyedDesign(
        design: design,
        source: TransformedSource(table, featureNames: design.featureNames) { (rows, first) throws(EspalierError) in
          do throws(EspalierError) {
            return try plan(shares?(rows, behind: first) ?? rows, behind: first)
          } catch {
            throw error.within(subject)
          }
        }, features: statistics.summaries, meanWeight: statistics.meanWeight, coding: table.target?.coding ?? .number,
        keptRows: try keptRows.map { (rows) throws(EspalierError) in try plan(rows) })
    } catch {
      // What reads the file names it already.
      throw error.subject.hasPrefix(subject) ? error : error.within(subject)
    }
  }
}

extension Formula.Expansion {
  /// Whether a term or an offset reads a column.
  func reads(_ column: TableColumn) -> Bool {
    terms.contains { $0.factors.contains { $0.columns.contains(column.name) } }
      || offsets.contains { $0.columns.contains(column.name) }
  }
}
