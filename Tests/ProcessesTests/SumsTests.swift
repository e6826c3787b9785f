import EspalierFiles
import EspalierProcesses
import EspalierTestSupport
import Testing

/// Sums over processes, by threads that stand for them.
struct SumsTests {
  /// Numbers whose sum depends on its order.
  private static func numbers(_ count: Int, of batch: Int) -> [Float] {
    (0..<count).map { Float($0 * 31 + batch * 17 % 7) / 3 * (batch % 3 == 0 ? 1e4 : 1e-3) }
  }

  /// The sum of the batches, one after another.
  private static func inOrder(_ count: Int, batches: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    for batch in 0..<batches {
      for (i, number) in numbers(count, of: batch).enumerated() { sum[i] += Double(number) }
    }
    return sum
  }

  private static func shared(_ count: Int, batches: Int, by processes: Int) -> [[Double]] {
    ThreadedGroup.run(processes) { group in
      var sum = [Double](repeating: 0, count: count)
      for first in stride(from: 0, to: batches, by: group.count) {
        // A process without a batch of its own shows numbers that must not count.
        let own = numbers(count, of: first + group.rank)
        own.withUnsafeBufferPointer { own in
          group.forEachContribution(to: own, from: min(group.count, batches - first)) { _, offset, part in
            for i in part.indices { sum[offset + i] += Double(part[i]) }
          }
        }
      }
      group.complete(&sum)
      return sum
    }
  }

  @Test(arguments: [1, 2, 3, 4, 8]) func theOrderIsThatOfOneProcess(_ processes: Int) {
    #expect(Self.inOrder(5, batches: 7) != Self.inOrder(5, batches: 7).map { $0 + $0.ulp })
    for count in [0, 1, 2, 5, 64, 1001] {
      for batches in [1, 2, 7, 8] {
        for sum in Self.shared(count, batches: batches, by: processes) {
          #expect(sum == Self.inOrder(count, batches: batches), "\(count) numbers of \(batches) batches")
        }
      }
    }
  }

  @Test func partsCoverAll() {
    for parts in ThreadedGroup.run(5, { $0.parts(of: 13) }) {
      #expect(parts.flatMap(Array.init) == Array(0..<13))
      #expect(parts.allSatisfy { (2...3).contains($0.count) })
    }
  }

  /// No message is longer than a library can send.
  @Test func stretchesAreShortAndCoverAll() {
    let alone = SingleProcess()
    #expect(alone.stretches(of: 0, size: 8).isEmpty)
    #expect(alone.stretches(of: 7, size: 8) == [0..<7])
    #expect(alone.stretches(of: 7, size: 8, atMost: 30) == [0..<3, 3..<6, 6..<7])
    #expect(alone.stretches(of: 2, size: 8, atMost: 1) == [0..<1, 1..<2])
    let long = alone.stretches(of: 5 << 30, size: 8)
    #expect(long.first?.lowerBound == 0 && long.last?.upperBound == 5 << 30)
    #expect(zip(long, long.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(long.allSatisfy { $0.count * 8 < 1 << 31 })
  }

  @Test func everyProcessKnowsWhatAllHave() {
    let known = ThreadedGroup.run(3) { group in
      (
        group.all(group.rank * 10), group.all(Array(repeating: group.rank, count: group.rank)),
        group.sum(group.rank + 1), group.fromRoot(group.rank == 0 ? 7.5 : -1)
      )
    }
    for (numbers, lists, sum, root) in known {
      #expect(numbers == [0, 10, 20])
      #expect(lists == [[], [1], [2, 2]])
      #expect(sum == 6 && root == 7.5)
    }
  }

  @Test func whatDiffersIsTold() {
    let faults = ThreadedGroup.run(3) { group in
      (
        dataError { () throws(EspalierError) in try group.agree(on: 5, "this") },
        dataError { () throws(EspalierError) in try group.agree(on: group.rank == 2 ? 6 : 5, "the choice") }
      )
    }
    for (none, fault) in faults {
      #expect(none == nil)
      #expect(fault?.kind == .internal && fault?.description.hasPrefix("the choice: differs between processes") == true)
    }
  }
}
