import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierProximalPoint
import EspalierRegression
import EspalierTables
import EspalierWorkflows
import Foundation
import Testing

/// Networks of fitted models: the committed ones, which ONNX Runtime has run (`make_linear_models.py`).
@Suite struct LinearModelNetworkTests {
  private struct Expected: Decodable {
    let prediction: [[Double]]?
    let probabilities: [[Double]]?
    let label: [String]?
  }

  private static func path(_ name: String) -> String {
    Bundle.module.resourcePath! + "/linear-models/" + name
  }

  private static let names = [
    "poisson", "binomial", "multinomial", "hinge", "probit", "cauchit", "ordinal", "formula",
  ]

  @Test(arguments: names) func theNetworkIsTheOneThatWasRun(name: String) throws {
    let network = try LinearModelNetwork.model(of: FittedModel.read(Self.path("\(name).json")))
    #expect(try ONNXFile.encode(network) == FileContents.read(Self.path("\(name).onnx")))
  }

  @Test(arguments: names) func itsValuesAreThePredictions(name: String) throws {
    let all = try JSONDecoder().decode(
      [String: Expected].self, from: Data(FileContents.read(Self.path("expected.json"))))
    let expected = try #require(all[name])
    let predictor = try Predictor(FittedModel.read(Self.path("\(name).json")))
    let reader = try predictor.rows(of: DataFile(Self.path("new.csv")), missing: .refuse, unknown: .refuse)
    let predictions = predictor.predictions(try #require(try reader.next(atMost: 100)))
    #expect(predictions.count == 12)
    let values = try #require(expected.prediction ?? expected.probabilities)
    for (prediction, value) in zip(predictions, values) {
      #expect(zip(prediction.means, value).allSatisfy { abs($0 - $1) < 1e-10 * (1 + abs($1)) })
    }
    #expect(expected.label == nil || expected.label == predictions.map { $0.class ?? "" })
    if name == "binomial" {
      for (both, second) in zip(expected.probabilities ?? [], values) {
        #expect(abs(both[1] - second[0]) < 1e-15 && abs(both[0] + both[1] - 1) < 1e-15)
      }
    }
  }

  @Test(arguments: [Link.complementaryLogLog, .log, .identity])
  func theLikelierOfTwoClassesIsThatOfTheLargerProbability(link: Link) throws {
    var model = try FittedModel.read(Self.path("binomial.json"))
    model.family = try Family(.binomial, link: link)
    model.link = link.rawValue
    let graph = try LinearModelNetwork.model(of: model).graph
    let choice = try #require(graph.nodes.first { $0.op.type == "ArgMax" })
    #expect(choice.inputs == ["probabilities"])
    #expect(
      graph.nodes.contains { $0.op.type == "Where" && $0.inputs[1] == "linear_predictor" }
        == (link != .complementaryLogLog))
  }

  @Test func everyColumnIsAnInput() throws {
    let graph = try LinearModelNetwork.model(of: FittedModel.read(Self.path("poisson.json"))).graph
    #expect(graph.inputs.map(\.name).sorted() == ["a", "region", "time"])
    #expect(graph.inputs.first { $0.name == "region" }?.elementType == .string)
    #expect(graph.outputs.map(\.name) == ["prediction"])
  }

  @Test func aModelWithoutInputsIsRefused() throws {
    let text =
      "{\"family\":{\"name\":\"gaussian\"},\"link\":\"identity\",\"input\":{\"columns\":[]},"
      + "\"intercept\":1,\"coefficients\":{}}"
    let model = try JSONDecoder().decode(FittedModel.self, from: Data(text.utf8))
    let error = #expect(throws: EspalierError.self) { try LinearModelNetwork.model(of: model) }
    #expect(error?.kind == .refusal)
  }
}
