import EspalierFiles

extension Design {
  /// The rows of a table for a model of this design.
  ///
  /// - Throws: `EspalierError` if a column is missing.
  package func source(
    _ file: DelimitedFile, target: TableSource.Target? = nil, offset: String?, exposure: String?,
    weights: String? = nil, cluster: String? = nil, missing: MissingValues, unknown: UnknownLevels
  ) throws(EspalierError) -> any RowSource {
    var table = try TableSource(
      file, columns: columns, target: target, offset: offset, exposure: exposure, weights: weights, missing: missing,
      unknown: unknown, codesLevels: true)
    if let cluster { table = try table.clustered(by: cluster) }
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
