import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Testing

/// Passes over blocks are the epochs of `minimize`.
struct StreamingTests {
  private let features: [[Double]]
  private let targets: [Double]

  init() {
    var generator = SeededGenerator(seed: 11)
    features = (0..<40).map { _ in (0..<6).map { _ in generator.uniform() < 0.4 ? generator.normal() : 0 } }
    targets = (0..<40).map { _ in Double(generator.index(below: 4)) }
  }

  private func dense(_ rows: Range<Int>) throws(EspalierError) -> Examples<DenseRows> {
    try Examples(
      DenseRows(dimension: 6, features[rows].flatMap { $0 }), targets: Array(targets[rows]), intercept: true)
  }

  private func sparse(_ rows: Range<Int>) throws(EspalierError) -> Examples<SparseRows> {
    let examples = try dense(rows)
    return try Examples(SparseRows(examples.rows), targets: examples.targets, intercept: true)
  }

  /// Three passes in blocks of ten rows: the last state, and the progressive losses.
  private func passes<Rows: FeatureRows>(
    _ method: some StochasticMethod, _ examples: (Range<Int>) throws(EspalierError) -> Examples<Rows>
  ) throws -> (state: Iterate, losses: [Double]) {
    var state = Iterate(dimension: 7)
    var losses: [Double] = []
    for _ in 0..<3 {
      var first = 0
      let outcome = try method.pass(of: PoissonLoss(), from: state) { () throws(EspalierError) -> Examples<Rows>? in
        guard first < 40 else { return nil }
        first += 10
        return try examples(first - 10..<first)
      }
      state = outcome.iterate
      losses.append(outcome.progressiveLoss)
      #expect(outcome.divergence == nil)
    }
    return (state, losses)
  }

  @Test(arguments: [Batch.averaged(5), .joint(5)])
  func passesAreEpochs(batch: Batch) throws {
    let method = SPPAM(step: 0.2, momentum: 0.5, batch: batch)
    let whole = try method.minimize(
      PoissonLoss(), over: dense(0..<40), options: MinimizationOptions(epochs: 3))
    for state in [try passes(method, dense).state, try passes(method, sparse).state] {
      #expect(state.steps == whole.steps)
      #expect(distance(state.current, whole.solution) < 1e-10)
    }
  }

  @Test func progressiveLossesArePredictedBeforeLearnt() throws {
    let method = SPPAM(step: 0.2, momentum: 0.5, batch: .averaged(5))
    let (loss, examples) = (PoissonLoss(), try dense(0..<40))
    var state = Iterate(dimension: 7)
    var naive: [Double] = []
    for _ in 0..<3 {
      var total = 0.0
      for first in stride(from: 0, to: 40, by: 5) {
        let predictors = examples.predictors(state.current)
        for row in first..<first + 5 { total += loss.value(predictors[row], targets[row]) }
        state = method.step(state, on: Array(first..<first + 5), of: examples, loss: loss)
      }
      naive.append(total / 40)
    }
    for losses in [try passes(method, dense).losses, try passes(method, sparse).losses] {
      #expect(distance(losses, naive) < 1e-10)
    }
  }

  @Test func aPassThatDivergesSaysWhy() throws {
    let method = SGD(step: 1e6, batch: .averaged(5))
    var blocks = [try dense(0..<40)]
    let outcome = try method.pass(of: PoissonLoss(), from: Iterate(dimension: 7)) { blocks.popLast() }
    #expect(outcome.divergence?.description.contains("step size 1000000.0") == true)
    #expect(outcome.progressiveLoss == .infinity)
  }
}
