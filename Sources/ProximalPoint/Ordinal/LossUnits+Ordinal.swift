extension LossUnits {
  /// The units of the ordinal loss at the thresholds of the class frequencies beside the mean offset.
  init<Rows: FeatureRows>(_ loss: OrdinalLoss, over examples: Examples<Rows>) {
    let weights = examples.classWeights(loss.classes)
    let total = weights.reduce(0, +)
    let thresholds = loss.thresholds(ofShares: weights.map { $0 / total })
    let offset = (examples.offsets ?? []).enumerated().reduce(0) { $0 + examples.weight($1.offset) * $1.element }
    let shift = offset / total
    let coordinates = OrdinalCoordinates.coordinates(ofThresholds: thresholds.map { $0 + shift })
    var (value, square, bend) = (0.0, 0.0, 0.0)
    for row in 0..<examples.count {
      let g = (examples.offsets?[row] ?? 0) - shift
      let interval = loss.interval(g, Int(examples.targets[row]), thresholds: thresholds)
      value += examples.weight(row) / total * interval.value
      square += examples.weight(row) / total * interval.first.predictor * interval.first.predictor
      bend += examples.weight(row) / total * interval.second.predictors
    }
    intercepts = [coordinates[0]]
    parameters = Array(coordinates.dropFirst())
    slopes = [square.squareRoot()]
    curvature = bend
    (rounding, floor) = (0, 0)
    deviance = value
  }
}
