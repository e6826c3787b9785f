import EspalierTensors

/// The order in which epochs visit the examples.
package struct EpochOrder {
  private var positions: [Int]
  /// The generator of the next epoch's order; `nil` for a cyclic order.
  var generator: SeededGenerator?
  private let isDrawn: Bool

  /// The order of epochs over `count` examples.
  package init(_ order: MinimizationOptions.Order, count: Int) {
    positions = Array(0..<count)
    switch order {
    case .cyclic: (generator, isDrawn) = (nil, false)
    case .shuffled(let seed): (generator, isDrawn) = (SeededGenerator(seed: seed), false)
    case .drawn(let seed): (generator, isDrawn) = (SeededGenerator(seed: seed), true)
    }
  }

  /// The order of the next epoch.
  package mutating func next() -> [Int] {
    guard generator != nil else { return positions }
    if isDrawn {
      for place in positions.indices { positions[place] = generator!.index(below: positions.count) }
    } else {
      positions = generator!.permutation(positions.count)
    }
    return positions
  }
}
