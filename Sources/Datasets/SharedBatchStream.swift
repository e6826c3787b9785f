import EspalierFiles
import EspalierProcesses

/// The batches of a data set dealt to the processes of a group: the batches of one process, each read by one of them.
///
/// A sample that cannot be read is left out, and all that follow it move up, into batches of other processes. So in
/// each round the processes tell each other which samples they miss, and read the round again without them.
package final class SharedBatchStream {
  /// The own batch of a round, and the round.
  package typealias Share = (batch: Batch?, round: BatchRound)

  private let dataset: any Dataset
  private let epoch: Int
  private let batchSize: Int
  private let partial: PartialBatch
  private let stepSize: Int
  private let processes: any ProcessGroup
  /// The order of the samples as asked for.
  private let asked: [Int]?
  /// The same without samples that cannot be read, as far as they are known.
  private lazy var order = asked ?? Array(0..<dataset.count)
  private var start = 0
  private var batchCount = 0
  /// The batches of this process from `start` on; `nil` where they are not the ones of `order` any more.
  private var stream: (any BatchStream)?

  /// The samples in `order` (`nil` for all in file order).
  ///
  /// - Parameter stepSize: Batches are dealt anew, from rank 0 on, after so many; `nil` for no such limit.
  package init(
    _ dataset: any Dataset, _ order: [Int]?, epoch: Int = 0, batchSize: Int, partial: PartialBatch = .kept,
    inStepsOf stepSize: Int? = nil, among processes: any ProcessGroup
  ) {
    precondition(batchSize > 0 && stepSize ?? 1 > 0, "batches and steps hold at least one sample")
    self.dataset = dataset
    self.epoch = epoch
    self.batchSize = batchSize
    self.partial = partial
    self.stepSize = stepSize ?? processes.count
    self.processes = processes
    asked = order
  }

  /// The next round; `nil` after the last.
  ///
  /// A process for which no batch is left has none, except in the first round: there it reads that of another, which
  /// shows it what batches look like, and which counts for the other alone.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  package func next() throws(EspalierError) -> Share? {
    guard processes.isShared else { return try nextOfAll() }
    while true {
      let sizes = nextSizes
      guard !sizes.isEmpty else { return nil }
      let own = processes.rank < sizes.count ? processes.rank : batchCount == 0 ? processes.rank % sizes.count : nil
      let batch = try own.flatMap { (place) throws(EspalierError) in try read(place) }
      let readable = Set(batch?.indices ?? [])
      let missing = own.map { samples(of: $0).filter { !readable.contains($0) } } ?? []
      let lost = processes.all(missing)
      if lost.allSatisfy(\.isEmpty) {
        defer {
          start += sizes.reduce(0, +)
          batchCount += sizes.count
        }
        return (batch, BatchRound(index: batchCount, position: start, sizes: sizes))
      }
      try leaveOut(Set(lost.joined()), known: Set(missing))
    }
  }

  /// The next batch of a process that works alone, which leaves out by itself what cannot be read.
  private func nextOfAll() throws(EspalierError) -> Share? {
    let stream = if let stream { stream } else { try dataset.stream(asked, epoch: epoch, batchSize: batchSize) }
    self.stream = stream
    guard let batch = try stream.next(), partial == .kept || batch.count == batchSize else { return nil }
    defer {
      start += batch.count
      batchCount += 1
    }
    return (batch, BatchRound(index: batchCount, position: start, sizes: [batch.count]))
  }

  /// The sizes of the batches of the next round.
  private var nextSizes: [Int] {
    let count = min(processes.count, stepSize - batchCount % stepSize)
    let sizes = (0..<count).map { min(batchSize, order.count - start - $0 * batchSize) }
    return sizes.filter { $0 > 0 && (partial == .kept || $0 == batchSize) }
  }

  /// The samples of a batch of the next round.
  private func samples(of place: Int) -> ArraySlice<Int> {
    let first = start + place * batchSize
    return order[first..<min(first + batchSize, order.count)]
  }

  private func read(_ place: Int) throws(EspalierError) -> Batch? {
    guard place == processes.rank else {
      return try dataset.stream(Array(samples(of: place)), epoch: epoch, batchSize: batchSize).next()
    }
    let stream = if let stream { stream } else { try dataset.stream(ownOrder, epoch: epoch, batchSize: batchSize) }
    self.stream = stream
    return try stream.next()
  }

  /// The samples of all batches of this process from the next round on.
  private var ownOrder: [Int] {
    var (own, batch): ([Int], Int) = ([], batchCount)
    for first in stride(from: start, to: order.count, by: batchSize) {
      if batch % stepSize % processes.count == processes.rank {
        own += order[first..<min(first + batchSize, order.count)]
      }
      batch += 1
    }
    return own
  }

  /// Leaves out samples that cannot be read. Those that others have found are tried here too, so that all processes
  /// know the same faults, and give up at the same one.
  private func leaveOut(_ lost: Set<Int>, known: Set<Int>) throws(EspalierError) {
    _ = try dataset.samples(at: lost.subtracting(known).sorted())
    order = order[..<start] + order[start...].filter { !lost.contains($0) }
    stream = nil
  }
}
