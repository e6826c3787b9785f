import EspalierFiles
import EspalierProximalPoint
import EspalierRegression
import EspalierTables
import EspalierTestSupport
import Foundation
import Testing

/// Inference where there is none, or not of all coefficients; weights, offsets and rows of sparse features.
struct InferenceRuleTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func inference(
    _ text: String, _ family: Family.Name, columns: [String]? = nil, weights: String? = nil, exposure: String? = nil,
    intercept: Bool = true, l2: Double = 0, cluster: String? = nil, isRequested: Bool = false, link: Link? = nil,
    lower: Double? = nil
  ) throws -> Inference {
    let path = try folder.file("data.csv", Array(text.utf8))
    let family = try Family(family, link: link)
    let data = try RegressionData(
      DataFile(path), roles: ColumnRoles(target: "y", columns: columns, exposure: exposure, weights: weights),
      family: family, missing: .refuse, intercept: intercept, keepsRows: true)
    var options = FitOptions(intercept: intercept, l2: l2)
    if let lower {
      var conditions = FeatureConditions(features: data.features.count)
      conditions.lower = data.features.map { _ in lower }
      options.conditions = conditions
    }
    let fit = Fit(family, classNames: family.hasPredictorOfEachClass ? data.classes : nil, options: options)
    let rows = try data.readAll()
    return try fit.inference(
      of: fit(rows, features: data.features), data, rows: rows,
      options: InferenceOptions(cluster: cluster, isRequested: isRequested))
  }

  private func error(_ inference: Inference, _ name: String) -> Double? {
    inference.coefficients.first { $0.name == name }?.uncertainty?.standardError
  }

  @Test func linearCombinationsAreNamedAndHaveNoError() throws {
    // b = 3 - 2 a, and c is free of both.
    let text = "y,a,b,c\n1,0,3,1\n2,1,1,5\n4,2,-1,2\n3,3,-3,2\n6,4,-5,7\n5,5,-7,1\n"
    let both = try inference(text, .gaussian)
    #expect(both.warnings.count == 1)
    #expect(both.warnings[0].contains("b is a linear combination of a"))
    #expect(["(intercept)", "a", "b"].allSatisfy { error(both, $0) == nil })
    let alone = try inference(text, .gaussian, columns: ["a", "c"])
    let (shared, own) = (try #require(error(both, "c")), try #require(error(alone, "c")))
    #expect(abs(shared - own) < 1e-10 * own)
    #expect(both.goodness?.rank == 3 && both.goodness?.residualDegrees == 3)
  }

  @Test func theInterceptKeepsItsErrorIfTheCombinationHasNone() throws {
    let text = "y,a,b\n1,0,0\n2,1,2\n4,2,4\n3,3,6\n6,4,8\n5,5,10\n"
    let both = try inference(text, .gaussian)
    #expect(error(both, "a") == nil && error(both, "b") == nil)
    let alone = try inference(text, .gaussian, columns: ["a"])
    let (shared, own) = (try #require(error(both, "(intercept)")), try #require(error(alone, "(intercept)")))
    #expect(abs(shared - own) < 1e-10 * own)
  }

  @Test func separatedCoefficientsHaveNoErrorAndOthersTheirs() throws {
    // Every row with x = 1 is of class 1; the others are drawn apart by z alone.
    let rest = [(0, -1.0), (1, 0.5), (0, 0.3), (1, 1.2), (0, -0.4), (1, -0.8), (0, 1.0), (1, 0.1)]
    let known = "y,x,z\n" + rest.map { "\($0.0),0,\($0.1)\n" }.joined()
    let text = known + [0.2, -0.7, 1.1, 0.6].map { "1,1,\($0)\n" }.joined()
    let separated = try inference(text, .binomial)
    #expect(error(separated, "x") == nil)
    let limit = try inference(known, .binomial, columns: ["z"])
    for name in ["(intercept)", "z"] {
      let (ours, theirs) = (try #require(error(separated, name)), try #require(error(limit, name)))
      #expect(abs(ours - theirs) < 1e-4 * theirs)
    }
    #expect(separated.notes.contains { $0.contains("separation") })
  }

  @Test func completeSeparationAndConstantTargetsHaveNoErrors() throws {
    let complete = try inference("y,x\n0,1\n0,2\n0,3\n1,4\n1,5\n1,6\n", .binomial)
    #expect(complete.absence?.contains("complete separation") == true)
    let zeros = try inference("y,x\n0,1\n0,3\n0,2\n0,5\n", .poisson)
    #expect(zeros.absence != nil && zeros.warnings.contains { $0.contains("the target is 0.0 in every row") })
    let perfect = try inference("y,x\n1,1\n2,2\n3,3\n4,4\n", .gaussian)
    #expect(perfect.absence?.contains("no errors beyond rounding") == true)
  }

  @Test func penaltiesAndMarginsHaveNoErrors() throws {
    let text = "y,x\n0,1\n1,2\n0,3\n1,4\n0,5\n1,6\n"
    let penalized = try inference(text, .gaussian, l2: 0.1)
    #expect(penalized.absence?.contains("penalty") == true && penalized.goodness?.logLikelihood == nil)
    #expect(penalized.goodness?.explained != nil)
    #expect(try inference(text, .hinge).absence?.contains("no likelihood") == true)
  }

  @Test func boundsHaveNoErrors() throws {
    let bounded = try inference("y,x\n0,1\n1,2\n0,3\n1,4\n0,5\n1,6\n", .gaussian, lower: 5)
    #expect(bounded.absence?.contains("bounds") == true && bounded.goodness?.logLikelihood == nil)
  }

  @Test func quantilesWhoseErrorsAreMostlyZeroHaveNone() throws {
    let rows = (0..<40).map { "\(2 * $0 + ($0 % 5 == 0 ? 7 : 1)),\($0)\n" }
    let exact = try inference("y,x\n" + rows.joined(), .quantile)
    #expect(exact.absence?.contains("density") == true && exact.warnings.isEmpty)
  }

  /// Clusters whose rows all have a weight of 0 are none.
  @Test func clustersWithoutWeightDoNotCount() throws {
    let rows = "1,1,a,1\n2,3,a,1\n4,2,b,1\n3,5,b,1\n6,4,c,1\n7,8,c,1\n"
    let own = try inference("y,x,g,w\n" + rows, .gaussian, columns: ["x"], weights: "w", cluster: "g")
    let more = try inference("y,x,g,w\n" + rows + "9,1,d,0\n", .gaussian, columns: ["x"], weights: "w", cluster: "g")
    #expect(own.clusterCount == 3 && more.clusterCount == 3)
    let (ours, theirs) = (try #require(error(more, "x")), try #require(error(own, "x")))
    #expect(abs(ours - theirs) < 1e-10 * theirs)
  }

  /// The density of the inverse Gaussian distribution, row by row, at Pearson's dispersion.
  @Test func theInverseGaussianHasALikelihood() throws {
    let rows = [(1.2, 1.0), (0.7, 2), (0.9, 3), (0.5, 4), (0.45, 5), (0.6, 6), (0.3, 7)]
    let result = try inference("y,x\n" + rows.map { "\($0.0),\($0.1)\n" }.joined(), .inverseGaussian)
    let scale = try #require(result.dispersion?.value)
    let expected = rows.reduce(0.0) { sum, row in
      let m = 1 / (result.coefficients[0].estimate + result.coefficients[1].estimate * row.1).squareRoot()
      let exponent = -(row.0 - m) * (row.0 - m) / (2 * scale * m * m * row.0)
      return sum + exponent - 0.5 * log(2 * Double.pi * scale * row.0 * row.0 * row.0)
    }
    let likelihood = try #require(result.goodness?.logLikelihood)
    #expect(abs(likelihood - expected) < 1e-9 * abs(expected))
  }

  /// Quasi-likelihoods have Pearson's dispersion, Student's t and no likelihood.
  @Test(arguments: [Family.Name.quasiPoisson, .tweedie]) func quasiFamiliesHaveNoLikelihood(family: Family.Name) throws
  {
    let result = try inference("y,x\n1,0\n3,1\n2,2\n7,3\n9,4\n", family)
    #expect(result.goodness?.logLikelihood == nil && result.goodness?.aic == nil)
    let (pearson, degrees) = (try #require(result.goodness?.pearson), 3.0)
    #expect(try #require(result.dispersion).isEstimated)
    #expect(abs(try #require(result.dispersion?.value) - pearson / degrees) < 1e-12 * pearson)
    #expect(result.distribution == .t(degrees))
  }

  /// The null model of the first rows, all 0, lies at the end of the link's domain.
  @Test func theNullDevianceIsThatOfAllRows() throws {
    let rows = (0..<10_000).map { "\($0 < 9000 ? 0 : 1),\($0 % 2)\n" }
    let result = try inference("y,x\n" + rows.joined(), .binomial, link: .identity)
    let expected = -2 * (9000 * log(0.9) + 1000 * log(0.1))
    #expect(abs(try #require(result.goodness?.nullDeviance) - expected) < 1e-9 * expected)
  }

  /// Alpha is estimated at the means of the link that was asked for.
  @Test func alphaIsEstimatedWithTheLink() throws {
    let counts = [6, 3, 1, 9, 4, 2, 15, 6, 5, 22, 7, 3, 18, 30, 11, 4, 26, 12, 41, 9]
    let text = "y,x\n" + counts.enumerated().map { "\($1),\($0)\n" }.joined()
    let path = try folder.file("counts.csv", Array(text.utf8))
    let family = try Family(.negativeBinomial, link: .identity)
    let data = try RegressionData(
      DataFile(path), roles: ColumnRoles(target: "y"), family: family, missing: .refuse, intercept: true,
      keepsRows: true)
    let rows = try data.readAll()
    let estimated = try Fit(family).estimatingParameter(rows, features: data.features)
    #expect(estimated.fit.family.activeLink == .identity)
    func likelihood(_ alpha: Double) throws -> Double {
      let fit = Fit(try Family(.negativeBinomial, parameter: alpha, link: .identity))
      let inference = try fit.inference(of: fit(rows, features: data.features), data, rows: rows)
      return try #require(inference.goodness?.logLikelihood)
    }
    let (alpha, best) = (estimated.parameter.value, try likelihood(estimated.parameter.value))
    for factor in [0.9, 1.1] { #expect(try likelihood(factor * alpha) < best) }
  }

  @Test func withoutResidualDegreesThereAreNoErrors() throws {
    #expect(try inference("y,x\n1,1\n4,2\n", .gaussian).absence != nil)
  }

  @Test func columnsOfOneValueAmongRowsThatCountAreNamed() throws {
    let text = "y,x,c,w\n1,1,a,1\n2,3,a,1\n4,2,a,1\n3,5,a,1\n9,4,b,0\n"
    let empty = try inference(text, .gaussian, columns: ["x", "c"], weights: "w")
    #expect(empty.warnings.contains { $0.contains("c=b") && $0.contains("empty level") })
    let without = try inference("y,x\n1,1\n2,3\n4,2\n3,5\n", .gaussian)
    let (ours, theirs) = (try #require(error(empty, "x")), try #require(error(without, "x")))
    #expect(abs(ours - theirs) < 1e-10 * theirs)
    #expect(empty.goodness?.rowCount == 4)
  }

  /// A row of weight w counts as w trials of a share: as that many rows of 0 and 1.
  @Test func weightsOfSharesAreTrials() throws {
    let grouped = try inference(
      "y,x,w\n0.25,1,4\n0.5,2,2\n0.75,3,4\n0.5,4,6\n", .binomial, columns: ["x"], weights: "w")
    let rows = [(1, 1, 4), (1, 2, 2), (3, 3, 4), (3, 4, 6)].flatMap { successes, x, trials in
      (0..<trials).map { "\($0 < successes ? 1 : 0),\(x)\n" }
    }
    let single = try inference("y,x\n" + rows.joined(), .binomial)
    for name in ["(intercept)", "x"] {
      let (ours, theirs) = (try #require(error(grouped, name)), try #require(error(single, name)))
      #expect(abs(ours - theirs) < 1e-7 * theirs)
    }
  }

  @Test func theNullModelHasTheOffsets() throws {
    // Rates without an effect of x: the best constant rate is the sum of counts over that of exposures.
    let rows = [(3.0, 10.0), (0, 4), (7, 20), (5, 11), (1, 6), (9, 30)]
    let text = "y,n,x\n" + rows.enumerated().map { "\($1.0),\($1.1),\($0 % 3)\n" }.joined()
    let result = try inference(text, .poisson, columns: ["x"], exposure: "n")
    let rate = rows.reduce(0) { $0 + $1.0 } / rows.reduce(0) { $0 + $1.1 }
    let expected = rows.reduce(0) { sum, row in
      let mean = rate * row.1
      return sum + 2 * ((row.0 > 0 ? row.0 * log(row.0 / mean) : 0) - row.0 + mean)
    }
    let null = try #require(result.goodness?.nullDeviance)
    #expect(abs(null - expected) < 1e-9 * expected)
  }

  @Test func oneClusterIsNotEnough() throws {
    let text = "y,x,g\n1,1,a\n2,3,a\n4,2,a\n3,5,a\n"
    #expect(try inference(text, .gaussian, columns: ["x"], cluster: "g").absence?.contains("one cluster") == true)
    #expect(throws: EspalierError.self) {
      try inference("y,x,g\n1,1,a\n2,3,b\n4,2,\n3,5,a\n", .gaussian, columns: ["x"], cluster: "g")
    }
  }

  /// Sparse rows are centred in sums alone: a table with many levels equals the same with dense rows.
  @Test func sparseRowsGiveTheSame() throws {
    let levels = 12
    var generator = 7
    func next() -> Double {
      generator = (generator * 1_103_515_245 + 12345) % 2_147_483_648
      return Double(generator) / 2_147_483_648
    }
    let rows = (0..<120).map { (level: $0 % levels, time: 2e5 + 100 * next(), y: next()) }
    let sparse = try inference(
      "y,t,c\n" + rows.map { "\($0.y),\($0.time),l\($0.level)\n" }.joined(), .gaussian)
    let header = (1..<levels).map { "d\($0)" }.joined(separator: ",")
    let dense = try inference(
      "y,t,\(header)\n"
        + rows.map { row in
          "\(row.y),\(row.time)," + (1..<levels).map { row.level == $0 ? "1" : "0" }.joined(separator: ",") + "\n"
        }.joined(), .gaussian)
    for name in ["(intercept)", "t"] {
      let (ours, theirs) = (try #require(error(sparse, name)), try #require(error(dense, name)))
      #expect(abs(ours - theirs) < 1e-7 * theirs)
    }
  }

  @Test func manyCoefficientsAreAskedFor() throws {
    let count = InferenceOptions.limit + 1
    let header = "y," + (0..<count).map { "x\($0)" }.joined(separator: ",")
    let rows = (0..<4).map { row in
      "\(row % 2)," + (0..<count).map { "\(($0 * 7 + row * row) % 5)" }.joined(separator: ",")
    }
    let text = ([header] + rows).joined(separator: "\n")
    #expect(try inference(text, .gaussian).absence?.contains("--inference") == true)
    #expect(try inference(text, .gaussian, isRequested: true).absence?.contains("--inference") != true)
  }
}
