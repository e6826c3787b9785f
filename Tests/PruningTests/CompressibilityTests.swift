import EspalierPruning
import EspalierTensors
import Foundation
import Testing

/// The power law of the rows of a hidden representation.
struct CompressibilityTests {
  @Test(arguments: [0.3, 0.5, 0.9, 1, 2.6, 4.3])
  func theExponentPutInComesOut(p: Double) throws {
    var generator = SeededGenerator(seed: 4)
    let sizes = TheoryProblems.powerLaw(60, p, &generator).map { 7 * $0 }
    let law = try #require(Compressibility(sizes: sizes))
    #expect(abs(law.exponent - p) < 1e-9 * p && abs(law.constant - 7) < 1e-8 && law.determination > 1 - 1e-9)
    #expect(law.promisedDegree == (p < 1 ? 2 / law.exponent - 1 : nil) || abs(p - 1) < 1e-6)
  }

  @Test func theConstantCoversAllRows() throws {
    var generator = SeededGenerator(seed: 5)
    let sizes = (0..<40).map { _ in abs(generator.normal()) }
    let law = try #require(Compressibility(sizes: sizes + [0, 0]))
    let sorted = sizes.sorted(by: >)
    let ratios = sorted.enumerated().map { $1 / (law.constant * pow(Double($0 + 1), -1 / law.exponent)) }
    #expect(ratios.allSatisfy { $0 <= 1 + 1e-12 } && ratios.contains { $0 > 1 - 1e-12 })
    #expect(law.determination > 0 && law.determination < 1)
  }

  @Test func equalRowsAreNotCompressible() throws {
    let law = try #require(Compressibility(sizes: [2, 2, 2, 2]))
    #expect(law.exponent == .infinity && law.constant == 2 && law.promisedDegree == nil)
    #expect(Compressibility(sizes: [3, 0, 1, 0]) == nil)
  }
}
