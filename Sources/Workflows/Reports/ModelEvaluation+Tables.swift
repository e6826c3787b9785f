import EspalierRegression
import EspalierReports

extension ModelEvaluation {
  /// The measures over all rows, one a line.
  package var summary: Table {
    Table(["measure", .numbers("value")], rows: all.named.map { [Cell($0.name), $0.cell] })
  }

  /// Probabilities beside outcomes; `nil` for a model without probabilities.
  package var calibrationTable: Table? {
    guard let calibration = all.classes?.calibration else { return nil }
    let isOfSeveral = model.family.hasProbabilityOfEachClass
    return Table(
      [
        .numbers("rows"), .numbers(isOfSeveral ? "mean probability of the likeliest class" : "mean probability"),
        .numbers(isOfSeveral ? "share that is of it" : "share of \(model.classes?[1] ?? "1")"),
      ],
      rows: calibration.bins.map {
        [.count($0.rowCount), .number($0.predicted), .number($0.observed)]
      })
  }

  /// The measures of each group, one a line; `nil` without groups.
  package func groupTable(column: String) -> Table? {
    guard let first = groups.first else { return nil }
    return Table(
      [Column(column)] + first.measures.named.map { .numbers($0.name) },
      rows: groups.map { group in [Cell(group.name)] + group.measures.named.map(\.cell) })
  }
}

extension ModelMeasures {
  /// The measures of the family with their names. Those that rows do not determine are dashes.
  fileprivate var named: [(name: String, cell: Cell)] {
    func cell(_ value: Double?) -> Cell { value.map { .number($0, digits: 6) } ?? "-" }
    var list: [(String, Cell)] = [
      ("rows", .count(rowCount)), ("loss", cell(loss)), ("deviance", cell(deviance)),
      ("null deviance", cell(nullDeviance)), ("D2", cell(explained)),
    ]
    if let classes {
      list += [("accuracy", cell(classes.accuracy)), ("AUC", cell(classes.auc))]
      if let calibration = classes.calibration {
        list += [
          ("log loss", cell(classes.logLoss)), ("Brier score", cell(classes.brier)),
          ("calibration error", cell(calibration.error)),
        ]
      }
    }
    if let numbers {
      list += [
        ("R2", cell(numbers.r2)), ("RMSE", cell(numbers.rmse)), ("MAE", cell(numbers.mae)),
        ("bias", cell(numbers.bias)),
      ]
    }
    return list
  }
}
