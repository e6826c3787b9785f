import EspalierFiles

extension Design {
  /// The rows of a table for a model of this design.
  ///
  /// - Throws: `EspalierError` if a column is missing.
  package func source(
    _ file: DelimitedFile, offset: String?, exposure: String?, missing: MissingValues, unknown: UnknownLevels
  ) throws(EspalierError) -> any RowSource {
    let table = try TableSource(
      file, columns: columns, offset: offset, exposure: exposure, missing: missing, unknown: unknown, codesLevels: true)
    let plan = try DesignPlan(self)
    let subject = file.input.subject
    return TransformedSource(table, featureNames: featureNames) { (rows, first) throws(EspalierError) in
      do throws(EspalierError) {
        return try plan(rows, behind: first)
      } catch {
        throw error.within(subject)
      }
    }
  }
}
