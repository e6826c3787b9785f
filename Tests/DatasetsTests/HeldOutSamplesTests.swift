import EspalierDatasets
import EspalierFiles
import EspalierTensors
import Testing

/// Samples divided into seen and held out.
@Suite struct HeldOutSamplesTests {
  private func dataset(_ count: Int) throws -> any Dataset {
    try InMemoryDataset(inputs: Tensor(repeating: Float(0), shape: [count, 1]))
  }

  @Test(arguments: [2, 3, 8, 64, 100, 5000, 60_000])
  func aFifthIsHeldOutWhereAllIsLookedAt(_ count: Int) throws {
    let parts = HeldOutSamples(of: try dataset(count))
    #expect(parts.heldOut.count == min(max(1, count / 5), HeldOutSamples.most) && parts.isTakenFromSeen)
    #expect((parts.seen + parts.heldOut).sorted() == Array(0..<count))
    #expect(parts.heldOut == parts.heldOut.sorted() && parts.seen == parts.seen.sorted())
  }

  @Test func otherSamplesAreHeldOutWhereThereAreAny() throws {
    let parts = HeldOutSamples(of: try dataset(1000), limit: 100)
    #expect(parts.seen == Array(0..<100) && parts.heldOut.count == HeldOutSamples.fewest && !parts.isTakenFromSeen)
    #expect(parts.heldOut.allSatisfy { $0 >= 100 })
    // Over the whole of the rest, which may be sorted.
    #expect(parts.heldOut.first ?? 1000 < 150 && parts.heldOut.last ?? 0 > 950)
    #expect(HeldOutSamples(of: try dataset(5000), limit: 2000).heldOut.count == 400)
    let few = HeldOutSamples(of: try dataset(103), limit: 100)
    #expect(few.heldOut == [100, 101, 102] && few.seen.count == 100)
  }

  @Test func partsAreWholeBatchesOfNetworksThatFixThem() throws {
    let parts = HeldOutSamples(of: try dataset(40), multiple: 8)
    #expect(parts.heldOut.count == 8 && parts.seen.count == 32)
    #expect(HeldOutSamples(of: try dataset(8), multiple: 8).heldOut.isEmpty)
  }

  @Test func ofOneSampleNoneIsHeldOut() throws {
    let parts = HeldOutSamples(of: try dataset(1))
    #expect(parts.seen == [0] && parts.heldOut.isEmpty)
  }
}
