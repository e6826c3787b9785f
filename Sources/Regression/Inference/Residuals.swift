import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// The residuals of a model of one linear predictor, and the leverages of rows.
package struct Residuals: Sendable {
  /// The residuals of a row. Those that its family or model has not are `nil`.
  package struct Row: Hashable, Sendable {
    /// The target minus its mean.
    package let response: Double
    /// That, divided by the deviation of the target at unit dispersion.
    package let pearson: Double?
    /// The root of the row's deviance, with the sign of the response residual.
    package let deviance: Double?
    /// The change of the row's fitted value with its target.
    package let leverage: Double?
  }

  private let loss: any Loss
  private let isLikelihood: Bool
  private let form: CovarianceForm?

  /// The residuals of a model.
  ///
  /// - Throws: `EspalierError` if each class has a predictor, or the family has margins for targets.
  package init(_ model: FittedModel) throws(EspalierError) {
    guard let loss = model.family.predictorLoss, model.family.inferenceBasis != .margin else {
      throw EspalierError(
        .argument, "residuals", "are of a target that has a mean, which --family \(model.family.name.rawValue) has not")
    }
    self.loss = loss
    isLikelihood = model.family.inferenceBasis == .likelihood
    form = isLikelihood ? model.covariance.map { $0.form($0.inverseInformation) } : nil
  }

  /// The names of what a row has, in order.
  package var names: [String] {
    ["residual"] + (isLikelihood ? ["pearson", "deviance"] : []) + (form == nil ? [] : ["leverage"])
  }

  /// The values of a row, in the order of `names`.
  package func values(_ row: Row) -> [Double] {
    [row.response, row.pearson, row.deviance, row.leverage].compactMap { $0 }
  }

  /// The residuals of a row with this linear predictor and target; its weight multiplies squares. They are not numbers
  /// if the predictor has no mean.
  func row(
    _ elements: [(feature: Int, value: Double)], linear: Double, target: Double, weight: Double
  ) -> Row {
    func row(_ loss: some Loss) -> Row {
      guard loss.domain.contains(linear) else {
        return Row(
          response: .nan, pearson: isLikelihood ? .nan : nil, deviance: isLikelihood ? .nan : nil,
          leverage: form == nil ? nil : .nan)
      }
      let root = weight.squareRoot()
      return Row(
        response: loss.responseResidual(linear, target),
        pearson: isLikelihood ? root * loss.pearsonResidual(linear, target) : nil,
        deviance: isLikelihood ? root * loss.devianceResidual(linear, target) : nil,
        leverage: form.map { max(0, weight * loss.information(linear) * $0.value(elements)) })
    }
    return row(loss)
  }
}

extension FittedModel {
  /// The conversion of the target's values to numbers.
  package var targetCoding: TargetCoding {
    guard let classes, family.targetKind != .number else { return .number }
    guard family.targetKind == .binary else { return .classes(classes) }
    guard classes != ["0", "1"] else { return .number }
    let numbers = classes.compactMap(Double.init)
    return numbers.count == 2 ? .twoNumbers(numbers[0], numbers[1]) : .classes(classes)
  }
}
