import Espalier
import Foundation
import Testing

/// Models of tables and losses of one's own, through the public module.
@Suite struct LinearModelTests {
  private static let table = URL(fileURLWithPath: #filePath).appending(path: "../../../Examples/Data/visits.csv")
    .standardized.path

  @Test func aFitIsCertifiedAndPredictsAgain() throws {
    let model = try LinearModel(fitting: Self.table, target: "visits", family: .poisson)
    #expect(model.isCertified == true)
    // The data were drawn with 0.02 a year and 0.4 for smokers.
    #expect(abs(try #require(model.coefficients["age"]) - 0.02) < 0.01)
    #expect(abs(try #require(model.coefficients["smoker=yes"]) - 0.4) < 0.2)
    let path = NSTemporaryDirectory() + "espalier-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(to: path)
    let predictions = try model.predictions(for: Self.table)
    #expect(predictions.count == 400)
    #expect(try LinearModel(contentsOf: path).predictions(for: Self.table) == predictions)
    let error = #expect(throws: EspalierError.self) {
      try LinearModel(fitting: Self.table, target: "height", family: .gaussian)
    }
    #expect(error?.description.contains("height") == true)
  }

  /// Squares, as a client writes them.
  private struct Squares: Loss {
    let name = "squares"
    func value(_ predictor: Double, _ target: Double) -> Double { (predictor - target) * (predictor - target) / 2 }
    func derivative(_ predictor: Double, _ target: Double) -> Double { predictor - target }
    func curvature(_ predictor: Double, _ target: Double) -> Double { 1 }
    func minimum(_ target: Double) -> Double { 0 }
  }

  @Test func aLossOfOnesOwnIsMinimised() throws {
    let line = try Squares().minimized(over: [[0], [1], [2], [3]], targets: [1, 3, 5, 7])
    #expect(line.isCertified && abs(line.coefficients[0] - 2) < 1e-9 && abs(line.intercept - 1) < 1e-9)
    #expect(throws: EspalierError.self) { try Squares().minimized(over: [[0], [1, 2]], targets: [1, 2]) }
  }
}
