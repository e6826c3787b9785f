import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint
import EspalierTables

/// The inference of one fit: passes over its rows, then matrices of p coefficients.
///
/// Complexity: O(n p^2) a pass, O(p^3) after them. One pass; another each for leverages (HC2, HC3), for the density of
/// quantile regression, for weighted Gamma targets, and some for the null model of rows with offsets.
struct InferenceRun {
  let fit: Fit
  let outcome: FitOutcome
  /// The features, and the distances of thresholds of ordered classes.
  let features: [FeatureSummary]
  let options: InferenceOptions
  let parameter: EstimatedParameter?
  let rows: InferenceRows
  let coordinates: CentredCoordinates
  let solution: FitAtSolution

  /// The inference of a fit of the rows of `source`.
  init(
    _ fit: Fit, _ outcome: FitOutcome, _ source: any RowSource, features: [FeatureSummary], isSparse: Bool,
    parameter: EstimatedParameter?, _ options: InferenceOptions
  ) {
    (self.fit, self.outcome, self.options) = (fit, outcome, options)
    self.parameter = parameter
    // Distances of thresholds are coordinates as those of features, without a unit.
    self.features = features + fit.distanceSummaries
    coordinates = CentredCoordinates(self.features, hasIntercept: fit.options.intercept, isSparse: isSparse)
    let ofRows = CentredCoordinates(features, hasIntercept: fit.options.intercept, isSparse: isSparse)
    rows = InferenceRows(source, of: fit, ofRows.scaling)
    solution = FitAtSolution(fit, outcome, ofRows)
  }

  /// The number of free predictors: of K classes K - 1.
  var freeCount: Int { fit.loss.predictorCount == 1 ? 1 : fit.classes - 1 }

  private var isRobust: Bool { options.covariance != .nonrobust || fit.family.inferenceBasis == .quantile }

  private var isQuantile: Bool { fit.family.inferenceBasis == .quantile }

  /// Runs the passes and evaluates them.
  ///
  /// - Throws: `EspalierError` if a row cannot be read, or a cluster is missing.
  func callAsFunction() throws(EspalierError) -> Inference {
    guard !fit.isPenalized else { return try ofPenalizedFit() }
    var solution = solution
    let density =
      isQuantile ? try ErrorDensity(rows, solution, quantile: fit.family.parameter ?? 0.5).value : nil
    solution.density = isQuantile ? density ?? 1 : nil
    var sums = InformationSums(
      dimension: freeCount * coordinates.block, block: coordinates.block,
      needsObserved: !isQuantile && (isRobust || options.information == .observed),
      needsScores: isRobust && options.cluster == nil && !options.covariance.usesLeverages)
    let goodness = try pass(solution) { block in
      if let ordinal = solution.ordinal {
        sums.add(block, ordinal)
      } else {
        sums.add(block, solution.terms(block.examples))
      }
    }
    let expected = InformationInverse(centred(sums.expected), order: order)
    let measures = try measures(goodness.sums, rank: expected.rank, hasOffsets: goodness.hasOffsets)
    let dispersion = dispersion(goodness.sums, measures)
    var notes = InferenceNotes(self, goodness.sums, expected)
    notes.add(measures, dispersion, clusters: sums.clusterCount)
    if let absence = notes.absence {
      return without(measures, dispersion, absence: absence, notes: notes.notes, warnings: notes.warnings)
    }
    if isQuantile, density == nil {
      return without(
        measures, dispersion,
        absence: "so many errors are 0 that they have no density there, on which standard errors of quantiles rest",
        notes: notes.notes, warnings: notes.warnings)
    }
    let matrix =
      isRobust
      ? try sandwich(sums, solution, expected, measures) : try unscaled(sums, expected, measures, dispersion)
    guard matrix.diagonal.allSatisfy(\.isFinite) else {
      return without(
        measures, dispersion,
        absence: options.covariance.usesLeverages
          ? "rows of leverage 1 decide a coefficient alone, and have no HC2 or HC3: take hc0 or hc1"
          : "the observed information is not positive definite: take the expected one, and no robust covariance",
        notes: notes.notes, warnings: notes.warnings)
    }
    let covariance = CoefficientCovariance(
      matrix: restored(matrix), unscaled: restored(expected.matrix),
      undetermined: notes.undetermined)
    let distribution = distribution(measures, dispersion, clusters: sums.clusterCount)
    return Inference(
      options: options, distribution: distribution, coefficients: coefficients(covariance, distribution),
      referenceClass: referenceClass, covariance: covariance, goodness: measures,
      dispersion: dispersion, clusterCount: options.cluster == nil ? nil : sums.clusterCount, absence: nil,
      notes: notes.notes, warnings: notes.warnings)
  }

  /// The measures of goodness alone.
  private func ofPenalizedFit() throws(EspalierError) -> Inference {
    let goodness = try pass(solution) { _ in }
    let measures = try measures(
      goodness.sums, rank: freeCount * coordinates.block, hasOffsets: goodness.hasOffsets)
    return without(
      measures, nil,
      absence: fit.isBounded
        ? "standard errors are not given with bounds (--lower, --upper): none of the usual ones accounts for "
          + "coefficients that are held at a bound"
        : "standard errors are not given with a penalty (--l1, --l2): it pulls the coefficients towards 0, and none "
          + "of the usual standard errors accounts for this bias", notes: [], warnings: [])
  }

  private func without(
    _ measures: Goodness, _ dispersion: Inference.Dispersion?, absence: String, notes: [String], warnings: [String]
  ) -> Inference {
    Inference(
      options: options, distribution: nil, coefficients: [], referenceClass: nil, covariance: nil,
      goodness: measures, dispersion: dispersion, clusterCount: nil, absence: absence,
      notes: notes, warnings: warnings)
  }

  /// A pass over the rows: the sums of their goodness, and what `add` does with each block.
  private func pass(
    _ solution: FitAtSolution, _ add: (InferenceRows.Block) -> Void
  ) throws(EspalierError) -> (sums: GoodnessSums, hasOffsets: Bool) {
    var sums = GoodnessSums(fit.family, classes: fit.classes)
    var hasOffsets = false
    try rows.forEachBlock { block in
      sums.add(block.examples, at: solution)
      hasOffsets = hasOffsets || block.examples.offsets != nil
      add(block)
    }
    return (sums, hasOffsets)
  }

  /// The inverse of the information, times the dispersion.
  private func unscaled(
    _ sums: InformationSums, _ expected: InformationInverse, _ measures: Goodness,
    _ dispersion: Inference.Dispersion?
  ) throws(EspalierError) -> Matrix {
    let inverse = options.information == .observed ? inverse(try observed(sums), like: expected) : expected.matrix
    let isDispersed = dispersion?.isEstimated == true && parameter == nil
    let factor =
      fit.family.inferenceBasis == .mEstimation
      ? huberFactor(sums, measures) : isDispersed ? dispersion?.value ?? 1 : 1
    return inverse.scaled(by: factor)
  }

  /// The observed information; beside an estimated shape, reduced by what they share.
  private func observed(_ sums: InformationSums) throws(EspalierError) -> Matrix {
    guard let parameter, parameter.isLikelihood else { return sums.observed }
    var shape = ShapeInformation(
      alpha: parameter.value, link: fit.family.activeLink, dimension: sums.observed.rows)
    try rows.forEachBlock { shape.add($0.examples, solution.predictors($0.examples)) }
    return shape.reduced(sums.observed)
  }

  /// `B^-1 (sum_i s_i s_i^T) B^-1` with the correction for small samples. B is the observed information, as in
  /// statsmodels; for quantiles that with the density of the errors.
  private func sandwich(
    _ sums: InformationSums, _ solution: FitAtSolution, _ expected: InformationInverse, _ measures: Goodness
  ) throws(EspalierError) -> Matrix {
    let bread = isQuantile ? expected.matrix : inverse(sums.observed, like: expected)
    let meat = try centred(scores(sums, solution, expected.matrix))
    return Matrix.product(Matrix.product(bread, meat), bread).scaled(
      by: options.covariance.correction(
        rows: measures.rowCount, coefficients: expected.rank, clusters: sums.clusterCount))
  }

  /// The intercepts and thresholds first, so that they are never left out.
  private var order: [Int] {
    let block = coordinates.block
    let features = block - fit.distanceSummaries.count - (fit.options.intercept ? 1 : 0)
    return (0..<freeCount).flatMap { k in
      let own = Array(k * block..<(k + 1) * block)
      return Array(own.dropFirst(features).reversed()) + own.prefix(features)
    }
  }

  /// The inverse of the observed information; not numbers if its rank is less than that of the expected one, though
  /// there is a finite optimum.
  private func inverse(_ observed: Matrix, like expected: InformationInverse) -> Matrix {
    let inverse = InformationInverse(centred(observed), order: order)
    let isRegular = inverse.rank >= expected.rank || !outcome.unbounded.isEmpty
    return isRegular ? inverse.matrix : expected.matrix.scaled(by: .nan)
  }

  /// The sum of the outer products of scores: of rows, of rows divided by functions of their leverages, or of clusters.
  private func scores(
    _ sums: InformationSums, _ solution: FitAtSolution, _ inverse: Matrix
  ) throws(EspalierError) -> Matrix {
    if options.cluster != nil {
      let all = Matrix(rows: sums.clusters.count, columns: sums.expected.rows, sums.clusters.flatMap { $0 })
      return Matrix.product(all, all, transposingFirst: true)
    }
    guard options.covariance.usesLeverages else { return sums.scores }
    let inverse = coordinates.forRows(inverse)
    var result = Matrix(rows: sums.expected.rows, columns: sums.expected.columns)
    try rows.forEachBlock { block in
      let terms = solution.terms(block.examples)
      let forms = block.examples.quadraticForms(inverse)
      let factors = zip(forms, terms.expected[0]).map { options.covariance.factor(leverage: $0 * $1) }
      result = result + block.examples.blockGram(terms.slopeProducts(times: factors))
    }
    return result
  }

  /// The factor of `(X^T X)^-1` in the covariance of Huber's M-estimator (P. Huber, Robust Statistics, 1981, 7.6.6; H1
  /// in statsmodels' `RLM`): `k^2 (sum psi^2 / (n - p)) / m^2`, m the mean of psi', `k = 1 + p / n var(psi') / m^2`. That
  /// of the inverse of the observed information `sum psi' a a^T` is `k (sum psi^2 / (n - p)) / m` (H2).
  private func huberFactor(_ sums: InformationSums, _ measures: Goodness) -> Double {
    let (n, p) = (Double(measures.rowCount), Double(measures.rank))
    let mean = sums.slopes.curvature / n
    let variance = sums.slopes.squaredCurvature / n - mean * mean
    let k = 1 + p / n * variance / (mean * mean)
    let squares = sums.slopes.squares / (n - p)
    return options.information == .observed ? k * squares / mean : k * k * squares / (mean * mean)
  }
}

extension Matrix {
  /// The matrix times a number.
  fileprivate func scaled(by factor: Double) -> Matrix {
    Matrix(rows: rows, columns: columns, elements.map { factor * $0 })
  }
}
