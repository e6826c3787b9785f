import EspalierFiles
import EspalierLinearAlgebra

/// The covariance of a model's coefficients, stored in its file for intervals and leverages of predictions.
///
/// Rows and columns are in the order of `coefficients`: predictor by predictor those of the features, then the
/// intercept.
package struct ModelCovariance: Codable, Hashable, Sendable {
  /// A coefficient by class and feature.
  package struct Name: Codable, Hashable, Sendable {
    /// The class, relative to the model's first; `nil` for a model of one predictor.
    package var `class`: String?
    /// The feature; `nil` for an intercept.
    package var feature: String?
  }

  /// The largest number of coefficients whose covariance is stored.
  package static let limit = 500

  /// The kind of the covariance.
  package var kind: CovarianceKind
  /// The degrees of freedom of Student's t; `nil` for the normal distribution.
  package var degreesOfFreedom: Double?
  /// The dispersion, if targets vary by it.
  package var dispersion: Double?
  /// The names of the coefficients.
  package var coefficients: [Name]
  /// The covariance, row by row.
  package var covariance: [[Double]]
  /// The inverse of the expected information at unit dispersion, row by row.
  package var inverseInformation: [[Double]]
  /// Whether columns are linear combinations of others.
  package var hasDependentColumns: Bool

  /// The covariance of an inference; `nil` if there is none, it is too large, or coefficients have no finite optimum.
  package init?(_ inference: Inference, features: [String], classes: [String]?, hasIntercept: Bool, isBounded: Bool) {
    guard isBounded, let own = inference.covariance, own.matrix.rows <= Self.limit else { return nil }
    kind = inference.options.covariance
    degreesOfFreedom = inference.distribution?.degrees
    dispersion = inference.dispersion?.value
    let others: [String?] = inference.referenceClass == nil ? [nil] : (classes ?? []).dropFirst().map { $0 }
    coefficients = others.flatMap { name in
      features.map { Name(class: name, feature: $0) } + (hasIntercept ? [Name(class: name, feature: nil)] : [])
    }
    covariance = Self.rows(own.matrix)
    inverseInformation = Self.rows(own.unscaled)
    hasDependentColumns = !own.undetermined.isEmpty
  }

  private static func rows(_ matrix: Matrix) -> [[Double]] { (0..<matrix.rows).map { Array(matrix.row($0)) } }

  /// The forms of one of the matrices.
  func form(_ matrix: [[Double]]) -> CovarianceForm {
    let predictors = Set(coefficients.map(\.class)).count
    return CovarianceForm(
      matrix, block: coefficients.count / max(1, predictors),
      hasIntercept: coefficients.contains { $0.feature == nil })
  }

  /// The distribution of an estimate divided by its standard error.
  var distribution: ReferenceDistribution { degreesOfFreedom.map { .t($0) } ?? .normal }

  /// Checks that a covariance read from a file is one that `fit` could have written for these features.
  ///
  /// - Throws: `EspalierError` that names `subject`.
  func validate(features: [String], classes: [String], subject: String) throws(EspalierError) {
    let blocks: [String?] = classes.isEmpty ? [nil] : classes.dropFirst().map { $0 }
    let hasIntercept = coefficients.contains { $0.feature == nil }
    let expected = blocks.flatMap { name in
      features.map { Name(class: name, feature: $0) } + (hasIntercept ? [Name(class: name, feature: nil)] : [])
    }
    guard coefficients == expected else {
      throw EspalierError(.file, subject, "has a covariance of other coefficients than the model's")
    }
    for matrix in [covariance, inverseInformation] {
      guard matrix.count == coefficients.count,
        matrix.allSatisfy({ $0.count == coefficients.count && $0.allSatisfy(\.isFinite) }),
        matrix.indices.allSatisfy({ matrix[$0][$0] >= 0 })
      else { throw EspalierError(.file, subject, "has a covariance that is not one of its coefficients") }
    }
    guard degreesOfFreedom.map({ $0 > 0 && $0.isFinite }) ?? true,
      dispersion.map({ $0 >= 0 && $0.isFinite }) ?? true
    else { throw EspalierError(.file, subject, "has degrees of freedom or a dispersion that cannot be") }
  }
}

extension FittedModel {
  /// The covariance of the coefficients.
  ///
  /// - Throws: `EspalierError` if there is none.
  func requiredCovariance(subject: String) throws(EspalierError) -> ModelCovariance {
    guard let covariance else {
      throw EspalierError(
        .model, subject, "has no covariance of its coefficients, on which intervals and leverages rest",
        remedy: "fit it without a penalty or bounds, to at most \(ModelCovariance.limit) coefficients, with --inference"
      )
    }
    return covariance
  }
}

/// `a^T M b` of rows of features, an intercept's 1 after them.
struct CovarianceForm {
  private let matrix: [[Double]]
  private let block: Int
  private let hasIntercept: Bool

  /// The forms of a matrix of blocks of this size.
  init(_ matrix: [[Double]], block: Int, hasIntercept: Bool) {
    (self.matrix, self.block, self.hasIntercept) = (matrix, block, hasIntercept)
  }

  /// The form of a row, given by its elements, in the block of the predictors k and l.
  func value(_ elements: [(feature: Int, value: Double)], _ k: Int = 0, _ l: Int = 0) -> Double {
    let row = hasIntercept ? elements + [(feature: block - 1, value: 1)] : elements
    var sum = 0.0
    for first in row {
      let values = matrix[k * block + first.feature]
      for second in row { sum += first.value * second.value * values[l * block + second.feature] }
    }
    return sum
  }
}
