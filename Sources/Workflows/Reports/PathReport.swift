import EspalierRegression
import EspalierReports
import Foundation

/// A path of penalties as a table, sentences and charts.
package struct PathReport: Sendable {
  private let path: RegularizationPath
  private let data: RegressionData
  private let hasIntercept: Bool

  /// The report of a path of the data's features.
  package init(_ path: RegularizationPath, _ data: RegressionData, hasIntercept: Bool) {
    self.path = path
    self.data = data
    self.hasIntercept = hasIntercept
  }

  /// The strengths, every so many of them, with those that the rules choose.
  package func table(limit: Int = .max) -> Table {
    let chosen = [path.chosen, path.validation?.smallest, path.validation?.oneStandardError].compactMap { $0 }
    let every = max(1, (path.points.count + limit - 1) / limit)
    let shown = path.points.indices.filter {
      $0.isMultiple(of: every) || $0 == path.points.count - 1 || chosen.contains($0)
    }
    return Table(
      [.numbers("strength"), .numbers("features"), .numbers("explained")]
        + (path.validation == nil ? [] : [.numbers("held-out deviance"), .numbers("standard error")]) + [""],
      rows: shown.map { place in
        let point = path.points[place]
        return [
          .number(point.strength), Cell("\(point.nonZeroCount)", value: Double(point.nonZeroCount)),
          .percent(point.explained),
        ]
          + (path.validation.map { [.number($0.means[place]), .number($0.errors[place], digits: 3)] } ?? [])
          + [Cell(marks(place).joined(separator: ", "))]
      })
  }

  private func marks(_ place: Int) -> [String] {
    [
      path.validation?.smallest == place ? "min" : nil, path.validation?.oneStandardError == place ? "1se" : nil,
      path.chosen == place ? "chosen" : nil, path.points[place].isCertified ? nil : "no certificate",
    ].compactMap { $0 }
  }

  /// Which strength was chosen, and how.
  package var sentence: String {
    let strength = Format.number(path.points[path.chosen].strength, digits: 6)
    guard let folds = path.options.folds else {
      return
        "path of \(path.points.count) strengths; the model is that of the weakest, \(strength), as nothing chooses "
        + "among them (--cv 10)"
    }
    let rule =
      path.options.rule == .smallest
      ? "the smallest mean deviance of rows held out"
      : "the strongest within one standard error of the smallest deviance"
    return "strength \(strength) of \(path.points.count), chosen by \(folds)-fold cross-validation: \(rule)"
  }

  /// The section of a report: charts and the table.
  package var section: Section {
    Section(
      "Path of penalties",
      [.paragraph(sentence)] + (path.validation.map { [.chart(deviances($0))] } ?? [])
        + [.chart(coefficients), .table(table(limit: 40))])
  }

  private var axis: Axis { Axis("strength of the penalty", .logarithmic) }

  private func deviances(_ validation: PathValidation) -> Chart {
    let points = path.points.indices.map { place in
      let (mean, error) = (validation.means[place], validation.errors[place])
      return Point(path.points[place].strength, mean, spread: error.isFinite ? mean - error...mean + error : nil)
    }
    return Chart(
      "Deviance of rows held out", x: axis, y: Axis("mean deviance"), series: [Series("held out", points)],
      references: [.vertical(path.points[path.chosen].strength, "chosen")],
      caption: "The mean over the folds; the band is one standard error.")
  }

  /// The paths of the features with the largest effects on the way.
  private var coefficients: Chart {
    let predictors = path.points.map { $0.predictors(features: data.features.count, hasIntercept: hasIntercept)[0] }
    let effects = data.features.indices.map { feature in
      (feature, predictors.map { abs($0.coefficients[feature]) }.max()! * data.features[feature].deviation)
    }
    let shown = effects.sorted { $0.1 > $1.1 }.prefix(8).map(\.0)
    return Chart(
      "Effects", x: axis, y: Axis("coefficient times deviation"),
      series: shown.map { feature in
        Series(
          data.features[feature].name, x: path.points.map(\.strength),
          y: predictors.map { $0.coefficients[feature] * data.features[feature].deviation })
      }, references: [.vertical(path.points[path.chosen].strength, "chosen")],
      caption: data.classes != nil && path.points[0].solution.count > data.features.count + 1
        ? "The eight largest of the first class." : "The eight largest.")
  }
}
