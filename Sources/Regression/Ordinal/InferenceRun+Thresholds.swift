import EspalierFiles
import EspalierLinearAlgebra
import EspalierTables

extension Fit {
  /// The distances of the second and later thresholds from the first, as features without mean and deviation, by the
  /// names of their thresholds; empty for families without thresholds.
  var distanceSummaries: [FeatureSummary] {
    guard family.hasThresholds else { return [] }
    return thresholdCoefficientNames.dropFirst().map { FeatureSummary(name: $0, mean: 0, deviation: 0) }
  }
}

/// Information and covariance by thresholds, whose standard errors may exist where those of distances and intercept do
/// not, as in a separation that moves one threshold alone.
///
/// With c the intercept and s_k the distances, thresholds are `t_1 = -c`, `t_k = s_k - c`: a map T that is its own
/// inverse, so that covariances become `T C T^T`, and information `T^T F T`.
extension InferenceRun {
  /// A form of rows as they are scaled, for centred rows; of ordered classes by thresholds.
  func centred(_ form: Matrix) -> Matrix {
    var result = coordinates.centred(form)
    guard fit.family.hasThresholds else { return result }
    let (count, last) = (result.rows, result.rows - 1)
    for j in 0..<count { result[last, j] = -result[last, j] - thresholds.reduce(0) { $0 + result[$1, j] } }
    for j in 0..<count { result[j, last] = -result[j, last] - thresholds.reduce(0) { $0 + result[j, $1] } }
    return result
  }

  /// The covariance of coefficients from that of coordinates; of ordered classes of the features, the second and later
  /// thresholds, and the first.
  func restored(_ covariance: Matrix) -> Matrix {
    guard fit.family.hasThresholds else { return coordinates.restored(covariance) }
    return exchanged(coordinates.restored(exchanged(covariance)))
  }

  /// `T C T^T`.
  private func exchanged(_ covariance: Matrix) -> Matrix {
    var result = covariance
    let (count, last) = (result.rows, result.rows - 1)
    for j in 0..<count {
      for k in thresholds { result[k, j] -= result[last, j] }
      result[last, j] *= -1
    }
    for j in 0..<count {
      for k in thresholds { result[j, k] -= result[j, last] }
      result[j, last] *= -1
    }
    return result
  }

  /// The places of the second and later thresholds.
  private var thresholds: Range<Int> { features.count - fit.distanceSummaries.count..<features.count }

  /// The intercept of a block, or the thresholds, that change along a direction of coordinates.
  func movedIntercepts(along direction: [Int: Double], block start: Int) -> [Int] {
    let last = start + coordinates.block - 1
    guard fit.family.hasThresholds else {
      return coordinates.movesIntercept(along: direction, block: start) ? [last] : []
    }
    let ofFeatures = direction.filter { $0.key < thresholds.lowerBound }
    return (Array(thresholds) + [last]).filter { threshold in
      let own = [last: -(direction[threshold] ?? 0)]
      return coordinates.movesIntercept(along: ofFeatures.merging(own) { $1 }, block: start)
    }
  }

  /// The name of a coordinate: of a feature, a threshold, or the intercept.
  func coordinateName(_ coordinate: Int) -> String {
    let place = coordinate % coordinates.block
    guard place == features.count else { return features[place].name }
    return fit.family.hasThresholds ? fit.thresholdCoefficientNames[0] : "(intercept)"
  }

  /// The deviance of the model of thresholds alone, beside the offsets of rows.
  ///
  /// Complexity: a fit of K - 1 parameters, with targets, weights and offsets in memory.
  var ordinalNullDeviance: Double? {
    get throws(EspalierError) {
      var (targets, weights, offsets) = ([Double](), [Double](), [Double]())
      try rows.forEachBlock { block in
        let (all, own, shifts) = (block.examples.targets, block.examples.weights, block.examples.offsets)
        for row in all.indices where own[row] > 0 {
          targets.append(all[row])
          weights.append(own[row])
          offsets.append(shifts?[row] ?? 0)
        }
      }
      return try fit.family.ordinalLoss(classes: fit.classes)?
        .deviance(ofThresholdsAlone: targets, weights: weights, offsets: offsets)
    }
  }
}
