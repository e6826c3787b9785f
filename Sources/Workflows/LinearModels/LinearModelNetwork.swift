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
/// refuses such rows. A linear predictor for which the link has no mean gives the same, as does a number outside of the
/// knots of B-splines. Operators are those of ONNX 17 and of its extension for machine learning, version 3, of which
/// common runtimes have kernels for double precision.
package struct LinearModelNetwork {
  let model: FittedModel
  let predictors: [LinearPredictor]
  var builder = GraphBuilder(Graph(opsets: ["": 17, "ai.onnx.ml": 3]))

  private init(_ model: FittedModel) throws(EspalierError) {
    self.model = model
    predictors = try model.predictors()
  }

  /// The network of `model`.
  ///
  /// - Throws: `EspalierError` if the model has no inputs, or columns of dates in a formula.
  package static func model(of model: FittedModel) throws(EspalierError) -> Model {
    var network = try LinearModelNetwork(model)
    let predictors = try network.addPredictors()
    network.addOutputs(predictors)
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
  /// - Throws: `EspalierError` if the model will have no inputs, or columns of dates in a formula.
  package static func check(_ input: FittedModel.Input, hasOffset: Bool) throws(EspalierError) {
    switch input {
    case .table(let columns): guard hasOffset || !columns.isEmpty else { throw withoutInputs }
    case .design(let design):
      guard hasOffset || !design.columns.isEmpty else { throw withoutInputs }
      try checkDates(design)
    case .sparse: break
    }
  }

  static var withoutInputs: EspalierError {
    EspalierError(refusal: "a model of an intercept alone has no inputs, and is not written as ONNX")
  }

  /// Stores numbers.
  mutating func store(_ shape: Shape, _ numbers: [Double], as name: String) -> String {
    builder.store(Tensor(shape: shape, numbers), as: name)
  }

  /// Stores one number.
  mutating func constant(_ number: Double) -> String { store([], [number], as: "constant") }
}
