import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Foundation

/// A family of losses with a data set of the golden cases.
enum Family: String, Decodable, CaseIterable {
  case gaussian, poisson, binomial
}

/// Calls `body` with the loss of a family.
func withLoss<Value>(_ family: Family, _ body: (any Loss) throws -> Value) rethrows -> Value {
  switch family {
  case .gaussian: try body(SquaredLoss())
  case .poisson: try body(PoissonLoss())
  case .binomial: try body(LogisticLoss())
  }
}

/// The golden data set of a family: 40 examples of 6 features.
func goldenExamples(_ family: Family) throws -> Examples<DenseRows> {
  let url = Bundle.module.resourceURL!.appending(path: "golden/\(family.rawValue).csv")
  let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
  let table = lines.map { $0.split(separator: ",").map { Double($0)! } }
  return try Examples(
    DenseRows(dimension: 6, table.flatMap { $0.dropFirst() }), targets: table.map { $0[0] })
}

/// The same examples with sparse rows.
func sparse(_ examples: Examples<DenseRows>) throws -> Examples<SparseRows> {
  try Examples(
    SparseRows(examples.rows), targets: examples.targets, offsets: examples.offsets, weights: examples.weights,
    intercept: examples.hasIntercept)
}

/// The largest difference of two vectors, relative to 1 or to the larger of the two numbers.
func distance(_ first: [Double], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  return zip(first, second).reduce(0) { worst, pair in
    if pair.0 == pair.1 { return worst }
    let distance = abs(pair.0 - pair.1) / max(1, abs(pair.0), abs(pair.1))
    return distance.isNaN ? .infinity : max(worst, distance)
  }
}

/// Random examples of a family whose rows have about `density` of their elements.
func randomExamples(
  _ family: Family, count: Int, dimension: Int, density: Double = 1, seed: UInt64, extras: Bool = false
) throws -> Examples<DenseRows> {
  var generator = SeededGenerator(seed: seed)
  let truth = (0..<dimension).map { _ in 0.5 * generator.normal() }
  var elements: [Double] = []
  var targets: [Double] = []
  for _ in 0..<count {
    let row = (0..<dimension).map { _ in generator.uniform() < density ? generator.normal() : 0 }
    let g = zip(row, truth).reduce(0) { $0 + $1.0 * $1.1 }
    elements += row
    switch family {
    case .gaussian: targets.append(g + 0.1 * generator.normal())
    case .poisson: targets.append((exp(min(g, 3)) * 2 * generator.uniform()).rounded())
    case .binomial: targets.append(generator.uniform() < 1 / (1 + exp(-g)) ? 1 : 0)
    }
  }
  return try Examples(
    DenseRows(dimension: dimension, elements), targets: targets,
    offsets: extras ? (0..<count).map { _ in 0.3 * generator.normal() } : nil,
    weights: extras ? (0..<count).map { _ in 0.2 + generator.uniform() } : nil, intercept: extras)
}
