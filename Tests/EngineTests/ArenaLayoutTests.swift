import EspalierEngine
import EspalierTensors
import Testing

@Suite struct ArenaLayoutTests {
  private func requests(seed: UInt64) -> [ArenaLayout.Request] {
    var generator = SeededGenerator(seed: seed)
    return (0..<generator.index(below: 40)).map { _ in
      let first = generator.index(below: 20)
      return .init(
        byteCount: generator.index(below: 5) == 0 ? 0 : generator.index(below: 500), firstStep: first,
        lastStep: first + generator.index(below: 6))
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func whatIsAliveTogetherNeverOverlaps(seed: UInt64) {
    let requests = requests(seed: seed)
    let layout = ArenaLayout(requests)
    #expect(layout.offsets.count == requests.count)
    for (i, first) in requests.enumerated() {
      #expect(layout.offsets[i] % 64 == 0)
      #expect(layout.offsets[i] >= 0)
      #expect(layout.offsets[i] + first.byteCount <= layout.byteCount)
      for (j, second) in requests.enumerated().dropFirst(i + 1)
      where first.firstStep <= second.lastStep && second.firstStep <= first.lastStep {
        let apart =
          layout.offsets[i] + first.byteCount <= layout.offsets[j]
          || layout.offsets[j] + second.byteCount <= layout.offsets[i]
        #expect(apart, "\(first) at \(layout.offsets[i]) and \(second) at \(layout.offsets[j])")
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func theWholeIsBetweenTheBusiestStepAndTheSum(seed: UInt64) {
    let requests = requests(seed: seed)
    func aligned(_ request: ArenaLayout.Request) -> Int { (request.byteCount + 63) / 64 * 64 }
    let whole = ArenaLayout(requests).byteCount
    #expect(whole <= requests.reduce(0) { $0 + aligned($1) })
    for step in 0..<26 {
      let alive = requests.filter { $0.firstStep <= step && step <= $0.lastStep }
      #expect(whole >= alive.reduce(0) { $0 + aligned($1) })
    }
  }

  @Test func placesAreUsedAgain() {
    // A chain: each value is alive while the next is made, so two places do.
    let chain = (0..<10).map { ArenaLayout.Request(byteCount: 100, firstStep: $0, lastStep: $0 + 1) }
    #expect(ArenaLayout(chain).byteCount == 256)
    #expect(ArenaLayout([]).byteCount == 0)
  }

  /// Beyond the number of requests whose pairs are compared: the places of dead values of the same size are taken.
  @Test func manyRequests() {
    let count = ArenaLayout.mostPaired + 1000
    let chain = (0..<count).map {
      ArenaLayout.Request(byteCount: $0 % 2 == 0 ? 100 : 1000, firstStep: $0, lastStep: $0 + 1)
    }
    let layout = ArenaLayout(chain)
    #expect(layout.byteCount <= 2 * (128 + 1024))
    for (first, second) in zip(chain.indices, chain.indices.dropFirst()) {
      let (a, b) = (layout.offsets[first], layout.offsets[second])
      #expect(a + chain[first].byteCount <= b || b + chain[second].byteCount <= a)
    }
    // All alive at once: each has a place of its own.
    let wide = ArenaLayout((0..<count).map { _ in ArenaLayout.Request(byteCount: 64, firstStep: 0, lastStep: 1) })
    #expect(Set(wide.offsets).count == count && wide.byteCount == 64 * count)
  }
}
