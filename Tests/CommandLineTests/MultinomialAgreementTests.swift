import EspalierTestSupport
import Foundation
import Testing

/// `fit --family multinomial` finds what scikit-learn finds on real data; the figures are made by
/// `Benchmarks/Peers/multinomial_reference.py`.
struct MultinomialAgreementTests {
  struct Reference: Decodable {
    let cases: [Case]
  }

  struct Case: Decodable, CustomTestStringConvertible {
    let file: String
    let target: String
    let columns: [String]
    let weights: String?
    let l1: Double
    let l2: Double
    let classes: [String]
    let objective: Double
    let intercept: [String: Double]
    let coefficients: [String: [String: Double]]
    let probabilities: [[Double]]

    var testDescription: String { "\(file), l1 \(l1), l2 \(l2), weights \(weights ?? "none")" }

    /// The case as arguments of `fit`.
    var arguments: [String] {
      [
        "fit", folder.appendingPathComponent(file).path, "--family", "multinomial", "--target", target, "--columns",
        columns.joined(separator: ","), "--l1", "\(l1)", "--l2", "\(l2)", "--json", "-",
      ] + (weights.map { ["--weights", $0] } ?? [])
    }
  }

  /// The JSON of `fit`.
  struct Result: Decodable {
    let status: String
    let classes: [String]
    let objective: Double
    let intercept: [String: Double]
    let coefficients: [String: [String: Double]]
  }

  static let folder = Bundle.module.resourceURL!.appendingPathComponent("multinomial")

  static let cases: [Case] = {
    let data = try? Data(contentsOf: folder.appendingPathComponent("expected.json"))
    return data.flatMap { try? JSONDecoder().decode(Reference.self, from: $0).cases } ?? []
  }()

  @Test func fixturesAreThere() {
    #expect(Self.cases.count == 4)
  }

  @Test(arguments: cases)
  func coefficientsAgree(reference: Case) throws {
    let outcome = try Tool.run(arguments: reference.arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try JSONDecoder().decode(Result.self, from: Data(outcome.output.utf8))
    #expect(result.status == "converged" && result.classes == reference.classes)
    #expect(abs(result.objective - reference.objective) < 1e-8)
    for name in reference.classes {
      #expect(abs(result.intercept[name]! - reference.intercept[name]!) < 1e-4)
      for (feature, value) in reference.coefficients[name]! {
        #expect(abs(result.coefficients[name]![feature]! - value) < 1e-4, "\(name) \(feature)")
      }
    }
  }

  /// The approach may begin with any step size.
  @Test(arguments: [1e-3, 1, 1e3])
  func theInitialStepDoesNotMatter(step: Double) throws {
    let reference = try #require(Self.cases.first)
    let outcome = try Tool.run(arguments: reference.arguments + ["--initial-step", "\(step)"])
    let result = try JSONDecoder().decode(Result.self, from: Data(outcome.output.utf8))
    #expect(result.status == "converged" && abs(result.objective - reference.objective) < 1e-8)
  }

  @Test(arguments: cases)
  func probabilitiesAgree(reference: Case) throws {
    let scratch = try TemporaryDirectory()
    let model = scratch.path + "/model.json"
    #expect(try Tool.run(arguments: reference.arguments + ["--model", model]).status == 0)
    let outcome = try Tool.run("predict", model, Self.folder.appendingPathComponent(reference.file).path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    // The reference holds the first rows alone.
    #expect(!reference.probabilities.isEmpty && lines.count > reference.probabilities.count)
    #expect(lines.allSatisfy { $0.count == reference.classes.count + 1 })
    #expect(lines[0] == ["class"] + reference.classes.map { "probability=" + $0 })
    for (line, expected) in zip(lines.dropFirst(), reference.probabilities) {
      for (text, probability) in zip(line.dropFirst(), expected) { #expect(abs(Double(text)! - probability) < 1e-5) }
      let likeliest = expected.indices.max { expected[$0] < expected[$1] }!
      #expect(line[0] == reference.classes[likeliest])
    }
  }
}
