import EspalierProcesses
import EspalierProximalPoint
import EspalierTables
import EspalierTensors
import EspalierTestSupport
import Testing

/// Several processes fit the model of one to the last bit. Threads stand for processes.
struct ManyProcessesTests {
  /// 40 features: enough that the products of 5,000 rows, five blocks, are shared.
  private static func examples(_ loss: some Loss) throws -> Examples<DenseRows> {
    var generator = SeededGenerator(seed: 11)
    let (count, features) = (5000, 40)
    let values = (0..<count * features).map { _ in generator.normal() }
    let truth = (0..<features).map { _ in generator.normal() / 8 }
    let targets = (0..<count).map { row in
      let g = (0..<features).reduce(0) { $0 + truth[$1] * values[row * features + $1] } + generator.normal()
      return loss.accepts(target: -0.5) ? g : g > 0 ? 1.0 : 0.0
    }
    return try Examples(DenseRows(dimension: features, values), targets: targets, intercept: true)
  }

  private func expectSameBytes(_ loss: some Loss) throws {
    let examples = try Self.examples(loss)
    let alone = try Newton().minimize(loss, over: examples, regularizer: L2(0.01))
    #expect(alone.status == .converged && alone.steps > 0)
    for count in [2, 3, 4, 8] {
      let fits = ThreadedGroup.run(count) { group in
        var examples = examples
        examples.processes = group
        let fit = try Newton().minimize(loss, over: examples, regularizer: L2(0.01))
        return (fit.solution, fit.objective)
      }
      for (solution, objective) in fits {
        #expect(solution == alone.solution && objective == alone.objective, "\(count) processes")
      }
    }
  }

  @Test func newtonStepsAreThoseOfOneProcess() throws {
    try expectSameBytes(LogisticLoss())
    try expectSameBytes(SquaredLoss())
  }
}
