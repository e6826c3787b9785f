import EspalierDatasets
import EspalierFiles
import Testing

@Suite struct BatchSequenceTests {
  @Test(arguments: [1, 2, 3, 5, 9, 10, 11], [PartialBatch.kept, .dropped])
  func sequentialBatchesFollowTheFile(size: Int, partial: PartialBatch) throws {
    let batches = BatchSequence(try ten(), batchSize: size, partial: partial)
    let epoch = try collect(batches.epoch(0))
    #expect(epoch.count == batches.batchesPerEpoch)
    let count = partial == .kept ? 10 : 10 / size * size
    #expect(epoch.flatMap(\.indices) == Array(0..<count))
    let expected = (0..<count).flatMap { [Float($0), -Float($0)] }
    #expect(epoch.flatMap(\.numbers) == expected)
    #expect(epoch.flatMap { $0.labels ?? [] } == (0..<count).map { $0 % 3 })
    #expect(epoch.dropLast().allSatisfy { $0[Batch.samples].shape == [size, 2] })
  }

  @Test(arguments: [1, 3, 10, 11], [PartialBatch.kept, .dropped])
  func shuffledBatchesHaveEverySampleOnce(size: Int, partial: PartialBatch) throws {
    let batches = BatchSequence(try ten(), batchSize: size, order: .shuffled(seed: 5), partial: partial)
    let epoch = try collect(batches.epoch(2))
    #expect(epoch.count == batches.batchesPerEpoch)
    let indices = epoch.flatMap(\.indices)
    #expect(Set(indices).count == indices.count)
    #expect(indices.count == (partial == .kept ? 10 : 10 / size * size))
    for batch in epoch {
      let expected = batch.indices.flatMap { [Float($0), -Float($0)] }
      #expect(batch.numbers == expected)
      #expect(batch.labels == batch.indices.map { $0 % 3 })
    }
  }

  @Test func everyEpochHasItsOwnOrderThatFollowsFromTheSeed() {
    func order(_ seed: UInt64, _ epoch: Int) -> [Int] {
      BatchOrder.shuffled(seed: seed).indices(count: 100, epoch: epoch)
    }
    var orders: Set<[Int]> = []
    for seed in 0..<10 as Range<UInt64> {
      for epoch in 0..<10 {
        #expect(order(seed, epoch) == order(seed, epoch))
        orders.insert(order(seed, epoch))
      }
    }
    #expect(orders.count == 100)
    #expect(BatchOrder.shuffled(seed: 0).indices(count: 5, epoch: 0) == [2, 0, 3, 4, 1])
  }
}

@Suite struct DatasetSubsetTests {
  @Test(arguments: 0...11)
  func aPrefixStreamsAsFarAsItGoes(count: Int) throws {
    let prefix = try ten().prefix(count)
    #expect(prefix.count == min(count, 10))
    #expect(try collect(prefix.stream(batchSize: 4)).flatMap(\.indices) == Array(0..<min(count, 10)))
  }

  @Test func aSubsetIsADataSetOfItsOwn() throws {
    let subset = try ten().subset([7, 2, 2, 9])
    #expect(subset.count == 4)
    #expect(try subset.samples(at: [3, 0]).numbers == [9, -9, 7, -7])
    let batches = try collect(subset.stream(batchSize: 3))
    #expect(batches.flatMap(\.numbers) == [7, -7, 2, -2, 2, -2, 9, -9])
    #expect(batches.flatMap(\.indices) == [0, 1, 2, 3])
    #expect(batches.flatMap { $0.labels ?? [] } == [1, 2, 2, 0])
  }

  @Test func aRandomSubsetFollowsFromItsSeed() throws {
    func drawn(_ seed: UInt64) throws -> [Float] {
      try collect(ten().subset(4, seed: seed).stream(batchSize: 4))[0].numbers
    }
    #expect(try drawn(1) == drawn(1))
    #expect(try Set((0..<20 as Range<UInt64>).map(drawn)).count > 10)
    #expect(try ten().subset(20, seed: 1).count == 10)
  }
}
