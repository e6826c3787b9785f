import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// Norms, curvature and safe steps of the problem that a fit would solve, at the coefficients 0.
package struct ProblemProbe: Sendable {
  /// The measures.
  package let probe: Probe
  /// The number of examples.
  package let exampleCount: Int
  /// The number of coefficients, including the intercept.
  package let dimension: Int

  /// Probes rows as `fit` would use them: standardised, or as they are.
  /// - Throws: `EspalierError` if the family does not accept a target.
  package init(
    _ rows: Rows, features: [FeatureSummary], family: Family, classes: Int = 2, intercept: Bool,
    standardize: Bool
  ) throws(EspalierError) {
    let scaling = standardize ? FeatureScaling(features, centred: intercept && !rows.isSparse) : nil
    let examples = try TableExamples(rows, family: family, intercept: intercept, scaling: scaling)
    let loss = family.loss(classes: classes)
    switch examples {
    case .dense(let examples): probe = try loss.probe(examples)
    case .sparse(let examples): probe = try loss.probe(examples)
    }
    exampleCount = rows.count
    dimension = (rows.featureCount + (intercept ? 1 : 0)) * loss.predictorCount
  }
}
