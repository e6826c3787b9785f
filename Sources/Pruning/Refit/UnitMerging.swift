import EspalierFiles
import EspalierGraph
import EspalierLinearAlgebra

/// Dropped units merged into kept ones: the weights that read a dropped unit r are added to those of the kept unit s
/// most similar to it, times the multiple of `H_s` that is nearest to `H_r`.
///
///     W'_s = W_s + sum over r merged into s of c_rs W_r       c_rs = <H_r, H_s> / ||H_s||^2
///
/// Where statistics hold the contributions of units alone, `W'_s = (1 + sum of c_rs) W_s`, the products being those of
/// contributions. A bias takes up the mean that changes, `b' = b + (W h - W' h) / n`. A layer whose weights other nodes
/// read too is left alone. For the choice of units and its source, see ``NearestUnits``.
struct UnitMerging {
  private let group: PruningGroup
  private let problem: SelectionProblem
  private let merges: [(dropped: Int, kept: Int, factor: Double)]
  private let kept: Set<Int>

  /// The merging of the units of `problem` that are not in `kept`. Complexity: O(rows x units + dropped x kept).
  init(_ group: PruningGroup, _ problem: SelectionProblem, keeping kept: [Int]) {
    self.group = group
    self.problem = problem
    self.kept = Set(kept)
    let likeness = UnitLikeness(problem)
    merges = (0..<problem.unitCount).filter { [kept = self.kept] in !kept.contains($0) }.compactMap { dropped in
      kept.max { (likeness[dropped, $0], $1) < (likeness[dropped, $1], $0) }.map {
        (dropped, $0, likeness.factor(of: dropped, along: $0))
      }
    }
  }

  /// Writes the new weights into `graph`, in the coordinates of the dense network.
  ///
  /// - Throws: `EspalierError` if a layer's weights are not floating point.
  func store(in graph: inout Graph) throws(EspalierError) {
    var consumers = problem.consumers[...]
    let readers = graph.consumers()
    for layer in group.consumers {
      let weights = try LayerWeights(layer, in: graph)
      let isWhole = consumers[consumers.startIndex].weight.rows == weights.weight.rows
      let own = isWhole ? [(weight: weights.expanded, bias: weights.bias)] : weights.parts
      let parts = own.map { part in merged(consumers.removeFirst().with(weight: part.weight, bias: part.bias)) }
      guard weights.stored.allSatisfy({ readers[$0, default: []].count == 1 }) else { continue }
      let bias = parts.allSatisfy { $0.bias != nil } ? parts.flatMap { $0.bias ?? [] } : nil
      weights.store(.stacked(parts.map(\.weight)), bias, in: &graph)
    }
  }

  /// The new weights of `consumer`: zero for dropped units.
  func merged(_ consumer: SelectionProblem.Consumer) -> (weight: Matrix, bias: [Double]?) {
    var weight = consumer.weight
    let isByUnit = consumer.regression?.isByUnit ?? false
    for (dropped, kept, factor) in merges {
      for (from, to) in zip(consumer.rows[isByUnit ? kept : dropped], consumer.rows[kept]) {
        for output in 0..<weight.rows { weight[output, to] += factor * consumer.weight[output, from] }
      }
    }
    for (unit, rows) in consumer.rows.enumerated() where !kept.contains(unit) {
      for row in rows { for output in 0..<weight.rows { weight[output, row] = 0 } }
    }
    let sum = consumer.statistics.sum
    let shift = zip(consumer.weight.product(sum), weight.product(sum)).map {
      ($0 - $1) / Double(max(consumer.statistics.count, 1))
    }
    return (weight, consumer.bias.map { zip($0, shift).map(+) })
  }
}
