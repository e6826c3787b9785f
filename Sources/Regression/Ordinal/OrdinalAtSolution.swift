import EspalierLinearAlgebra
import EspalierProximalPoint

/// A fitted model of ordered classes on a block of rows: probabilities, information and scores.
///
/// Matrices are in the order of `InferenceRun`: the features, the distances of the thresholds from the first, and the
/// intercept, which is the first threshold with its sign changed.
struct OrdinalAtSolution {
  private let loss: OrdinalLoss
  private let coordinates: OrdinalCoordinates
  /// The solution in the order of `OrdinalCoordinates`, for rows as they are scaled.
  private let solution: [Double]

  /// The model of this predictor and these thresholds, in coordinates of the rows.
  init(
    _ loss: OrdinalLoss, _ predictor: LinearPredictor, thresholds: [Double], _ rows: CentredCoordinates
  ) {
    self.loss = loss
    coordinates = OrdinalCoordinates(features: predictor.coefficients.count, classes: loss.classes)
    let own = OrdinalCoordinates.coordinates(ofThresholds: thresholds)
    solution =
      rows.coordinates(LinearPredictor(intercept: own[0], coefficients: predictor.coefficients)) + own.dropFirst()
  }

  /// The probabilities of the classes, class by class.
  func shares(_ examples: TableExamples) -> [[Double]] {
    let thresholds = coordinates.distances(solution)
    let byRow = examples.predictors(Array(solution.prefix(coordinates.features + 1)))
      .map { loss.shares($0, thresholds: thresholds) }
    return (0..<loss.classes).map { k in byRow.map { $0[k] } }
  }

  /// `sum_i w_i d2l_i`, the observed information.
  func information(_ examples: TableExamples) -> Matrix {
    switch examples {
    case .dense(let examples): ordered(objective(examples).information(at: solution))
    case .sparse(let examples): ordered(objective(examples).information(at: solution))
    }
  }

  /// `sum_i s_i s_i^T` over the scores of rows.
  func scoreForm(_ examples: TableExamples) -> Matrix {
    switch examples {
    case .dense(let examples): ordered(objective(examples).scoreForm(at: solution))
    case .sparse(let examples): ordered(objective(examples).scoreForm(at: solution))
    }
  }

  /// Adds the score of each row to the sum of its cluster.
  func addScores(_ examples: TableExamples, of clusters: [Int], to sums: inout [[Double]]) {
    switch examples {
    case .dense(let examples): add(examples, clusters, &sums)
    case .sparse(let examples): add(examples, clusters, &sums)
    }
  }

  private func add<Rows: FeatureRows>(_ examples: Examples<Rows>, _ clusters: [Int], _ sums: inout [[Double]]) {
    let features = coordinates.features
    objective(examples).forEachScore(at: solution) { row, predictor, distances in
      sums[clusters[row]].withUnsafeMutableBufferPointer { sum in
        examples.rows.add(row, times: predictor, to: sum.baseAddress!)
        for (k, distance) in distances.enumerated() { sum[features + k] += distance }
        sum[sum.count - 1] += predictor
      }
    }
  }

  private func objective<Rows: FeatureRows>(_ examples: Examples<Rows>) -> OrdinalObjective<Rows, NoRegularizer> {
    OrdinalObjective(loss, over: examples)
  }

  /// A form with the intercept behind the distances of thresholds.
  private func ordered(_ form: Matrix) -> Matrix {
    let features = coordinates.features
    let order = Array(0..<features) + Array(features + 1..<coordinates.dimension) + [features]
    return form.taking(rows: order, columns: order)
  }
}
