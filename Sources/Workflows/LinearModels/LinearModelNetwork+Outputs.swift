import EspalierGraph
import EspalierProximalPoint
import EspalierTensors

extension LinearModelNetwork {
  /// Adds the outputs that follow from the linear predictors.
  mutating func addOutputs(_ linear: String) {
    if model.family.hasProbabilityOfEachClass, let classes = model.classes {
      if let thresholds = model.thresholds {
        let probabilities = addIntervals(linear, thresholds)
        addLabel(probabilities, classes)
        return declareProbabilities(probabilities, classes)
      }
      addLabel(linear, classes)
      return declareProbabilities(
        builder.add("Softmax", [linear], ["axis": .int(1)], output: "probabilities"), classes)
    }
    let predictor = addPossible(linear)
    let mean = addMean(predictor, output: "prediction")
    guard let classes = model.classes else { return declarePrediction(mean) }
    guard !model.family.hasSignedClasses else {
      declarePrediction(mean)
      return addLabel(scoresOfTwo(predictor), classes)
    }
    let isSymmetric = model.family.halvesAtZero
    if isSymmetric { addLabel(scoresOfTwo(predictor), classes) }
    let complement = addComplement(predictor, mean)
    let probabilities = builder.add("Concat", [complement, mean], ["axis": .int(1)], output: "probabilities")
    if !isSymmetric { addLabel(probabilities, classes) }
    declareProbabilities(probabilities, classes)
    declarePrediction(mean)
  }

  /// Adds the linear predictor where the link has a mean for it, and not a number elsewhere.
  private mutating func addPossible(_ linear: String) -> String {
    guard let domain = model.family.predictorLoss?.domain, domain != .everywhere else { return linear }
    var conditions: [String] = []
    if domain.lower > -.infinity {
      conditions.append(builder.add("Greater", [linear, store([], [domain.lower], as: "lower")]))
    }
    if domain.upper < .infinity {
      conditions.append(builder.add("Less", [linear, store([], [domain.upper], as: "upper")]))
    }
    let isPossible = conditions.count == 2 ? builder.add("And", conditions) : conditions[0]
    return builder.add("Where", [isPossible, linear, store([], [.nan], as: "impossible")])
  }

  /// Adds the mean, or the margin, of a linear predictor.
  private mutating func addMean(_ linear: String, output: String? = nil) -> String {
    switch model.family.activeLink {
    case .identity, .softmax: add("Identity", [linear], output)
    case .log: add("Exp", [linear], output)
    case .logit: add("Sigmoid", [linear], output)
    case .inverse: add("Reciprocal", [linear], output)
    case .inverseSquared: add("Reciprocal", [builder.add("Sqrt", [linear])], output)
    case .squareRoot: add("Mul", [linear, linear], output)
    case .complementaryLogLog: add("Sub", [store([], [1], as: "one"), addSurvival(linear)], output)
    case .probit: add("Add", [addNormal(linear), notANumber(of: linear)], output)
    case .cauchit: add("Add", [addCauchy(linear), notANumber(of: linear)], output)
    }
  }

  private mutating func add(_ operation: OperatorName, _ operands: [String], _ output: String?) -> String {
    builder.add(operation, operands, output: output)
  }

  /// Adds the probability of the first of two classes.
  private mutating func addComplement(_ linear: String, _ mean: String) -> String {
    switch model.family.activeLink {
    case .logit, .probit, .cauchit: addMean(builder.add("Neg", [linear]))
    case .complementaryLogLog: addSurvival(linear)
    default: builder.add("Sub", [store([], [1], as: "one"), mean])
    }
  }

  /// Adds `exp(-exp(g))`.
  private mutating func addSurvival(_ linear: String) -> String {
    builder.add("Exp", [builder.add("Neg", [builder.add("Exp", [linear])])])
  }

  /// Adds the probabilities of ordered classes, `F(t_k - g) - F(t_(k-1) - g)`.
  private mutating func addIntervals(_ linear: String, _ thresholds: [Double]) -> String {
    let count = thresholds.count
    let distances = builder.add("Sub", [store([1, count], thresholds, as: "thresholds"), linear])
    let cumulative = addMean(distances)
    let differences = (0..<count).flatMap { k in (0...count).map { $0 == k ? 1.0 : $0 == k + 1 ? -1 : 0 } }
    let product = builder.add("MatMul", [cumulative, store([count, count + 1], differences, as: "differences")])
    let last = store([count + 1], [Double](repeating: 0, count: count) + [1], as: "last_class")
    return builder.add("Add", [product, last], output: "probabilities")
  }

  private mutating func declarePrediction(_ name: String) {
    builder.declareOutput(ValueInfo(name, .float64, [.symbolic("N"), .fixed(1)]))
  }

  private mutating func declareProbabilities(_ name: String, _ classes: [String]) {
    builder.declareOutput(
      ValueInfo(
        name, .float64, [.symbolic("N"), .fixed(classes.count)],
        documentation: "of the classes " + classes.joined(separator: ", ")))
  }

  /// Scores of two classes: 0, and the predictor of the second.
  private mutating func scoresOfTwo(_ linear: String) -> String {
    let zero = builder.add("Mul", [linear, store([], [0], as: "zero")])
    return builder.add("Concat", [zero, linear], ["axis": .int(1)])
  }

  /// Adds the class with the largest score, the first of equals; empty where a score is not a number.
  private mutating func addLabel(_ scores: String, _ classes: [String]) {
    let axis = builder.store(Tensor(shape: [1], [Int64(1)]), as: "axis")
    let isUnknown = builder.add("IsNaN", [builder.add("ReduceSum", [scores, axis], ["keepdims": .int(0)])])
    let place = builder.add("ArgMax", [scores], ["axis": .int(1), "keepdims": .int(0)])
    let none = builder.store(Tensor(shape: [], [Int64(classes.count)]), as: "no_class")
    let code = builder.add("Where", [isUnknown, none, place])
    let names = builder.store(Tensor(shape: [classes.count + 1], strings: classes + [""]), as: "classes")
    let label = builder.add("Gather", [names, code], ["axis": .int(0)], output: "label")
    builder.declareOutput(ValueInfo(label, .string, [.symbolic("N")]))
  }
}
