import EspalierDatasets
import EspalierFiles
import EspalierTensors
import Testing

/// Samples divided into seen and held out.
@Suite struct HeldOutSamplesTests {
  private func dataset(_ count: Int) throws -> any Dataset {
    try dataset((0..<count).map(Float.init))
  }

  /// A sample of one number each.
  private func dataset(_ numbers: [Float]) throws -> any Dataset {
    try InMemoryDataset(inputs: Tensor(shape: [numbers.count, 1], numbers))
  }

  @Test(arguments: [2, 3, 8, 64, 100, 5000, 60_000])
  func aFifthIsHeldOutWhereAllIsLookedAt(_ count: Int) throws {
    let parts = HeldOutSamples(of: try dataset(count))
    #expect(parts.heldOut.count == min(max(1, count / 5), HeldOutSamples.most) && parts.isTakenFromSeen)
    #expect((parts.seen + parts.heldOut).sorted() == Array(0..<count) && parts.duplicateCount == 0)
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

  /// Pairs, triples and single samples in an irregular order.
  @Test(arguments: [1, 2, 3, 7]) func copiesAreOnOneSide(_ distinct: Int) throws {
    let numbers = (0..<210).map { Float($0 * 37 % (70 * distinct)) }
    let parts = HeldOutSamples(of: try dataset(numbers))
    let (seen, heldOut) = (Set(parts.seen.map { numbers[$0] }), Set(parts.heldOut.map { numbers[$0] }))
    #expect(seen.isDisjoint(with: heldOut) && !heldOut.isEmpty)
    #expect((parts.seen + parts.heldOut).sorted() == Array(0..<210))
    #expect(parts.duplicateCount == 210 - Set(numbers).count)
  }

  @Test func fewerAreHeldOutWhereSoManyAreEnough() throws {
    let numbers = (0..<400).map { Float($0 * 37 % 150) }
    let parts = HeldOutSamples(of: try dataset(numbers), atMost: 20)
    #expect((1...20).contains(parts.heldOut.count) && parts.isTakenFromSeen)
    #expect(Set(parts.seen.map { numbers[$0] }).isDisjoint(with: parts.heldOut.map { numbers[$0] }))
    // Nothing is wasted where no samples are related.
    let plain = HeldOutSamples(of: try dataset(400), atMost: 20)
    #expect(plain.heldOut.count == 20 && plain.seen.count == 380)
  }

  @Test func neighboursThatAreEqualStayTogether() throws {
    let parts = HeldOutSamples(of: try dataset((0..<100).map { Float($0 / 2) }))
    #expect(parts.duplicateCount == 50 && parts.heldOut.count >= 10)
    #expect(Set(parts.seen.map { $0 / 2 }).isDisjoint(with: Set(parts.heldOut.map { $0 / 2 })))
  }

  @Test func ofOneSampleRepeatedNothingIsHeldOut() throws {
    let parts = HeldOutSamples(of: try dataset([Float](repeating: 3, count: 50)))
    #expect(parts.heldOut.isEmpty && parts.seen.count == 50 && parts.duplicateCount == 49)
  }

  @Test func copiesOfWhatIsUsedAreNotHeldOut() throws {
    let parts = HeldOutSamples(of: try dataset((0..<300).map { Float($0 % 150) }), limit: 100)
    #expect(parts.seen == Array(0..<100) && !parts.heldOut.isEmpty)
    #expect(parts.heldOut.allSatisfy { $0 % 150 >= 100 })
  }

  @Test func partsOfDataWithCopiesAreWholeBatches() throws {
    let parts = HeldOutSamples(of: try dataset((0..<64).map { Float($0 / 2) }), multiple: 8)
    #expect(parts.heldOut.count % 8 == 0 && parts.seen.count % 8 == 0 && !parts.heldOut.isEmpty)
    #expect(Set(parts.seen.map { $0 / 2 }).isDisjoint(with: Set(parts.heldOut.map { $0 / 2 })))
  }

  /// Of a network with several inputs, a sample is a copy if all of its inputs are.
  @Test func pairedDataIsCopiedAsPairs() throws {
    let (types, tokens) = (try dataset([Float](repeating: 0, count: 20)), try dataset((0..<20).map { Float($0 / 4) }))
    let plain = try JoinedDataset([("types", types), ("tokens", try dataset(20))])
    #expect(HeldOutSamples(of: plain).duplicateCount == 0)
    #expect(HeldOutSamples(of: try JoinedDataset([("types", types), ("tokens", tokens)])).duplicateCount == 15)
  }

  /// A part of a data set knows the copies of the whole.
  @Test func partsHaveTheFingerprintsOfTheirSamples() throws {
    let whole = try dataset([5, 6, 5, 7])
    let prints = whole.fingerprints(of: [0, 1, 2, 3])
    #expect(prints[0] == prints[2] && Set(prints).count == 3 && !prints.contains(nil))
    #expect(whole.prefix(2).fingerprints(of: [0, 1]) == Array(prints[..<2]))
    #expect(whole.subset([3, 1]).fingerprints(of: [0, 1]) == [prints[3], prints[1]])
  }
}
