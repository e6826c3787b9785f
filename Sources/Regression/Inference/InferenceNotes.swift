import EspalierProximalPoint

/// The sentences of an inference: faults of the data, coefficients without a standard error, and how results are to be
/// read.
struct InferenceNotes {
  /// The sentences.
  private(set) var notes: [String] = []
  /// Those that speak of faults in the data.
  private(set) var warnings: [String] = []
  /// The reason that no coefficient has a standard error.
  private(set) var absence: String?
  /// The coordinates without a standard error.
  private(set) var undetermined: Set<Int> = []
  private let run: InferenceRun
  private let goodness: GoodnessSums

  /// The sentences on the rows and on linear dependence.
  init(_ run: InferenceRun, _ goodness: GoodnessSums, _ inverse: InformationInverse) {
    (self.run, self.goodness) = (run, goodness)
    let isClasses = run.fit.family.hasProbabilityOfEachClass
    if goodness.targets.low == goodness.targets.high, !isClasses {
      warn("the target is \(goodness.targets.low) in every row that counts: there is nothing to explain")
    }
    addClasses()
    // Without curvature, as for separated classes, columns look dependent that are not.
    if run.outcome.unbounded.isEmpty { addDependencies(inverse) }
    addSeparation(inverse)
  }

  private mutating func warn(_ sentence: String) {
    guard !warnings.contains(sentence) else { return }
    warnings.append(sentence)
    notes.append(sentence)
  }

  private mutating func addClasses() {
    guard run.fit.family.hasPredictorOfEachClass, let names = run.fit.classNames else { return }
    for (name, weight) in zip(names, goodness.classWeights) where weight == 0 {
      warn("no row that counts is of class \(name): its coefficients have no finite optimum")
    }
  }

  private mutating func addDependencies(_ inverse: InformationInverse) {
    let (block, count) = (run.coordinates.block, run.features.count)
    var constants: [String] = []
    var combinations: [(name: String, others: [String])] = []
    for dependency in inverse.dependencies {
      // A combination of the intercept alone is constant.
      let others = dependency.others.filter { $0 % block < count }
      let coordinates = [dependency.coordinate] + others
      undetermined.formUnion(coordinates)
      for start in Set(coordinates.map { $0 / block * block }) {
        undetermined.formUnion(run.movedIntercepts(along: dependency.direction, block: start))
      }
      if others.isEmpty {
        constants.append(name(dependency.coordinate))
      } else {
        combinations.append((name(dependency.coordinate), others.map(name)))
      }
    }
    if !constants.isEmpty {
      let verb = constants.count == 1 ? "has one value" : "have one value each"
      let level = constants.contains { $0.contains("=") } ? " (an empty level)" : ""
      warn(
        "\(Self.list(constants)) \(verb) in all rows that count\(level), and no standard error")
    }
    for (name, others) in combinations.prefix(Self.mostSentences) {
      warn(
        "\(name) is a linear combination of \(Self.list(others)): the data do not determine their coefficients, which "
          + "have no standard error; leave one of these columns out")
    }
    if combinations.count > Self.mostSentences {
      warn("so are \(Self.list(combinations.dropFirst(Self.mostSentences).map(\.name)))")
    }
  }

  /// The largest number of sentences of one kind.
  private static let mostSentences = 10

  /// Names, each once, at most ten of them.
  private static func list(_ names: [String]) -> String {
    var different: [String] = []
    for name in names where !different.contains(name) { different.append(name) }
    return different.prefix(10).joined(separator: ", ")
      + (different.count > 10 ? " and \(different.count - 10) more" : "")
  }

  private mutating func addSeparation(_ inverse: InformationInverse) {
    let unbounded = Set(run.outcome.unbounded)
    guard !unbounded.isEmpty else { return }
    let (block, count) = (run.coordinates.block, run.fit.loss.predictorCount)
    for place in 0..<run.freeCount * block {
      let own = count == 1 ? [place] : [place + block, place % block]
      let names =
        run.fit.family.hasThresholds
        ? [run.coordinateName(place)] : run.fit.coefficientNames(own, features: run.features.map(\.name))
      if names.contains(where: unbounded.contains) { undetermined.insert(place) }
    }
    undetermined.formUnion(inverse.dependencies.map(\.coordinate))
  }

  private func name(_ coordinate: Int) -> String {
    run.coordinateName(coordinate)
  }

  /// Adds the sentences on the results, and decides whether there are standard errors.
  mutating func add(_ measures: Goodness, _ dispersion: Inference.Dispersion?, clusters: Int) {
    let family = run.fit.family
    let isPerfect = measures.explained.map { $0 >= 1 - 1e-6 } ?? (measures.nullDeviance != nil)
    if !run.outcome.unbounded.isEmpty, isPerfect {
      absence = "the model foretells every row (complete separation): no coefficient has a standard error"
    } else if family.hasFreeDispersion, measures.isExact {
      absence =
        "the model leaves no errors beyond rounding, from which a dispersion could be estimated: there are no "
        + "standard errors"
    } else if measures.residualDegrees <= 0,
      dispersion == nil || family.inferenceBasis != .likelihood || run.options.covariance != .nonrobust
    {
      absence =
        "\(measures.rowCount) rows determine \(measures.rank) coefficients and leave none to estimate the dispersion: "
        + "there are no standard errors"
    } else if let column = run.options.cluster, clusters < 2 {
      absence = "all rows are of one cluster of \(column): clustered standard errors need several"
    }
    if absence == nil, !run.outcome.unbounded.isEmpty {
      notes.append(
        "coefficients that grow without bound (separation) have no finite optimum, and hence no standard error; those "
          + "of the others are limits")
    }
    if family.name == .negativeBinomial, run.parameter == nil {
      notes.append(
        "the dispersion alpha of the family is taken as \(family.parameter ?? 1), known: "
          + "--dispersion auto estimates it by maximum likelihood")
    }
    if let note = run.parameter?.note { warn(note) }
  }
}
