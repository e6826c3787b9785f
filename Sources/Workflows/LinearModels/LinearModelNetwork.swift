import EspalierFiles
import EspalierGraph
import EspalierProximalPoint
import EspalierRegression
import EspalierTables
import EspalierTensors
import OrderedCollections

/// The network of a fitted model: a table in, column by column, predictions out.
///
/// | value | type and shape | content |
/// |---|---|---|
/// | input, called like its column | double, N x 1 | a column of numbers, also an offset or exposure |
/// | input, called like its column | string, N x 1 | a column of levels |
/// | input `features` | double, N x p | the features of a LIBSVM file, in their order |
/// | output `prediction` | double, N x 1 | the mean; of two classes the probability of the second, or the margin |
/// | output `probabilities` | double, N x K | the probabilities of the classes |
/// | output `label` | string, N | the likeliest class |
///
/// An unknown level gives predictions that are not numbers and an empty label, as a missing number does: `predict`
/// refuses such rows. A linear predictor for which the link has no mean gives the same. Operators are those of ONNX 17
/// and of its extension for machine learning, version 3.
package struct LinearModelNetwork {
  private let model: FittedModel
  private let predictors: [LinearPredictor]
  private var builder = GraphBuilder(Graph(opsets: ["": 17, "ai.onnx.ml": 3]))

  private init(_ model: FittedModel) throws(EspalierError) {
    self.model = model
    predictors = try model.predictors()
  }

  /// The network of `model`.
  ///
  /// - Throws: `EspalierError` if the model has no inputs, or features or a link that ONNX is not written for.
  package static func model(of model: FittedModel) throws(EspalierError) -> Model {
    var network = try LinearModelNetwork(model)
    let predictors = try network.addPredictors()
    try network.addOutputs(predictors)
    return Model(
      network.builder.graph,
      documentation: "A generalised linear model (\(model.family.name.rawValue), link \(model.link)) of "
        + "\(model.target.map { "\"\($0)\"" } ?? "the label").",
      metadata: ["family": model.family.name.rawValue, "link": model.link])
  }

  /// Checks, before a fit, that its model can be written as a network.
  ///
  /// - Parameters:
  ///   - input: The source of the features.
  ///   - hasOffset: Whether a column, or its logarithm, is added to the linear predictor.
  ///   - link: The link of the family.
  /// - Throws: `EspalierError` if the model will have no inputs, or features or a link that ONNX is not written for.
  package static func check(_ input: FittedModel.Input, hasOffset: Bool, link: String) throws(EspalierError) {
    switch input {
    case .table(let columns): guard hasOffset || !columns.isEmpty else { throw withoutInputs }
    case .design: throw ofDesign
    case .sparse: break
    }
    switch Link(rawValue: link) {
    case .probit, .cauchit: throw without(link)
    default: break
    }
  }

  private static var ofDesign: EspalierError {
    EspalierError(
      refusal: "a model of a formula, or of derived columns, is not written as ONNX; its JSON holds all of it")
  }

  private static var withoutInputs: EspalierError {
    EspalierError(refusal: "a model of an intercept alone has no inputs, and is not written as ONNX")
  }

  private static func without(_ link: String) -> EspalierError {
    EspalierError(refusal: "a model with the link \(link) is not written as ONNX")
  }

  /// Adds the inputs and the linear predictors, N x K, and returns their name.
  private mutating func addPredictors() throws(EspalierError) -> String {
    var terms: [String] = []
    var first = 0
    switch model.input {
    case .table(let columns):
      let numbers = columns.filter { $0.levels == nil }
      var places: [Int] = []
      for column in columns {
        if column.levels == nil { places.append(first) } else { terms.append(addLevels(column, first: first)) }
        first += column.features.count
      }
      let inputs = numbers.map { declareNumbers($0.name, $0.notation) }
      if !inputs.isEmpty {
        let all = inputs.count == 1 ? inputs[0] : builder.add("Concat", inputs, ["axis": .int(1)])
        terms.append(addProduct(all, places))
      }
    case .design: throw Self.ofDesign
    case .sparse(_, let count):
      let input = builder.declareInput(ValueInfo("features", .float64, [.symbolic("N"), .fixed(count)]))
      terms.append(addProduct(input, Array(0..<count)))
    }
    if let offset = model.offset { terms.append(declareNumbers(offset, nil)) }
    if let exposure = model.exposure { terms.append(builder.add("Log", [declareNumbers(exposure, nil)])) }
    guard let start = terms.first else { throw Self.withoutInputs }
    let sum = terms.dropFirst().reduce(start) { builder.add("Add", [$0, $1]) }
    let intercepts = store([predictors.count], predictors.map(\.intercept), as: "intercept")
    return builder.add("Add", [sum, intercepts], output: "linear_predictor")
  }

  private mutating func declareNumbers(_ column: String, _ notation: NumberNotation?) -> String {
    builder.declareInput(
      ValueInfo(
        column, .float64, [.symbolic("N"), .fixed(1)],
        documentation: notation.map { "numbers, which the table wrote as \($0.unit ?? "thousands")" } ?? ""))
  }

  /// Adds a column of levels: a coefficient for each, looked up.
  private mutating func addLevels(_ column: TableColumn, first: Int) -> String {
    let levels = column.levels ?? []
    let input = builder.declareInput(ValueInfo(column.name, .string, [.symbolic("N"), .fixed(1)]))
    let code = builder.add(
      OperatorName("LabelEncoder", domain: "ai.onnx.ml"), [input],
      [
        "keys_strings": .strings(levels), "values_int64s": .ints(levels.indices.map(Int64.init)),
        "default_int64": .int(Int64(levels.count)),
      ])
    var coefficients: [Double] = []
    var place = first
    for level in levels {
      let isReference = level == column.reference
      coefficients += predictors.map { isReference ? 0 : $0.coefficients[place] }
      if !isReference { place += 1 }
    }
    coefficients += predictors.map { _ in .nan }
    let table = store([levels.count + 1, predictors.count], coefficients, as: "\(column.name)/coefficients")
    let found = builder.add("Gather", [table, code], ["axis": .int(0)])
    return builder.add("Squeeze", [found, builder.store(Tensor(shape: [1], [Int64(1)]), as: "axis")])
  }

  /// Adds the product of features with their coefficients, those at `places`.
  private mutating func addProduct(_ features: String, _ places: [Int]) -> String {
    let coefficients = places.flatMap { place in predictors.map { $0.coefficients[place] } }
    return builder.add(
      "MatMul", [features, store([places.count, predictors.count], coefficients, as: "coefficients")])
  }

  private mutating func store(_ shape: Shape, _ numbers: [Double], as name: String) -> String {
    builder.store(Tensor(shape: shape, numbers), as: name)
  }

  /// Adds the outputs that follow from the linear predictors.
  private mutating func addOutputs(_ linear: String) throws(EspalierError) {
    if model.link == Link.softmax.rawValue, let classes = model.classes {
      addLabel(linear, classes)
      declareProbabilities(
        builder.add("Softmax", [linear], ["axis": .int(1)], output: "probabilities"), classes)
      return
    }
    let predictor = addPossible(linear)
    let mean = try addMean(predictor)
    guard let classes = model.classes else { return declarePrediction(mean) }
    guard ![.hinge, .squaredHinge].contains(model.family.name) else {
      declarePrediction(mean)
      return addLabel(scoresOfTwo(predictor), classes)
    }
    // A predictor of 0 is halfway between the classes with a symmetric link alone.
    let isSymmetric = model.link == Link.logit.rawValue
    if isSymmetric { addLabel(scoresOfTwo(predictor), classes) }
    let complement = try addComplement(predictor, mean)
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
  private mutating func addMean(_ linear: String) throws(EspalierError) -> String {
    switch Link(rawValue: model.link) {
    case .identity: builder.add("Identity", [linear], output: "prediction")
    case .log: builder.add("Exp", [linear], output: "prediction")
    case .logit: builder.add("Sigmoid", [linear], output: "prediction")
    case .inverse: builder.add("Reciprocal", [linear], output: "prediction")
    case .inverseSquared: builder.add("Reciprocal", [builder.add("Sqrt", [linear])], output: "prediction")
    case .squareRoot: builder.add("Mul", [linear, linear], output: "prediction")
    case .complementaryLogLog:
      builder.add("Sub", [store([], [1], as: "one"), addSurvival(linear)], output: "prediction")
    // Their functions are defined for numbers of single precision alone in common runtimes.
    case .probit, .cauchit, .softmax, nil: throw Self.without(model.link)
    }
  }

  /// Adds the probability of the first of two classes.
  private mutating func addComplement(_ linear: String, _ mean: String) throws(EspalierError) -> String {
    switch Link(rawValue: model.link) {
    case .logit: builder.add("Sigmoid", [builder.add("Neg", [linear])])
    case .complementaryLogLog: addSurvival(linear)
    default: builder.add("Sub", [store([], [1], as: "one"), mean])
    }
  }

  /// Adds `exp(-exp(g))`.
  private mutating func addSurvival(_ linear: String) -> String {
    builder.add("Exp", [builder.add("Neg", [builder.add("Exp", [linear])])])
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
