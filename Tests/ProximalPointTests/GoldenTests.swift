import EspalierProximalPoint
import Foundation
import Testing

/// Every golden iterate, by the pure step and by `minimize`.
@Suite struct GoldenTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let family: Family
    let method: String
    let momentum: Double
    let batch: Int
    let mode: String
    let step: Double
    let diverges: Bool
    let iterates: [String: [Double]]

    var testDescription: String { "\(family), \(method), \(mode), step \(step)" }

    var solver: any StochasticMethod {
      let size: Batch = mode == "joint" ? .joint(batch) : .averaged(batch)
      return switch method {
      case "sgd": SGD(step: step, batch: size)
      case "sgdm": SGDM(step: step, momentum: momentum, batch: size)
      case "sppa": SPPA(step: step, batch: size)
      default: SPPAM(step: step, momentum: momentum, batch: size)
      }
    }
  }

  struct Cases: Decodable { let cases: [Case] }

  /// None if the file cannot be read, which `thereAreAll` notices.
  static let cases: [Case] = {
    let url = Bundle.module.resourceURL!.appending(path: "golden/expected.json")
    return (try? JSONDecoder().decode(Cases.self, from: Data(contentsOf: url)).cases) ?? []
  }()

  @Test func thereAreAll() {
    #expect(Self.cases.count == 48)
    #expect(Self.cases.filter(\.diverges).count == 2)
  }

  @Test(arguments: cases)
  func iteratesAreThoseOfTheReference(golden: Case) throws {
    let examples = try goldenExamples(golden.family)
    try withLoss(golden.family) { loss in
      var state = Iterate(dimension: 6)
      var compared = 0
      for t in 1...80 {
        let rows = (0..<golden.batch).map { ((t - 1) * golden.batch + $0) % 40 }
        state = golden.solver.step(state, on: rows, of: examples, loss: loss)
        guard let expected = golden.iterates["\(t)"] else { continue }
        #expect(distance(state.current, expected) < 1e-8, "step \(t)")
        compared += 1
      }
      #expect(compared == golden.iterates.count)
      #expect(compared == (golden.diverges ? 3 : 4))

      let result = try golden.solver.minimize(
        loss, over: examples, options: MinimizationOptions(epochs: 2 * golden.batch))
      if golden.diverges {
        guard case .diverged(let divergence) = result.status else {
          Issue.record("\(result.status)")
          return
        }
        #expect(divergence.step <= 80)
      } else {
        #expect(result.status == .stopped)
        #expect(result.steps == 80)
        #expect(distance(result.solution, golden.iterates["80"]!) < 1e-8)
      }
    }
  }
}
