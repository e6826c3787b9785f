import EspalierTensors

/// The order in which epochs visit the examples.
struct EpochOrder {
  private var positions: [Int]
  /// The generator of the next epoch's order.
  var generator: SeededGenerator?

  init(_ order: MinimizationOptions.Order, count: Int) {
    positions = Array(0..<count)
    if case .shuffled(let seed) = order { generator = SeededGenerator(seed: seed) }
  }

  /// The order of the next epoch.
  mutating func next() -> [Int] {
    if let order = generator?.permutation(positions.count) { positions = order }
    return positions
  }
}
