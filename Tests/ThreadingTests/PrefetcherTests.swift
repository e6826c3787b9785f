import EspalierThreading
import Synchronization
import Testing

@Suite struct PrefetcherTests {
  @Test(arguments: [1, 2, 7], [1, 3, 100])
  func valuesComeInOrderHoweverManyThreadsMakeThem(threads: Int, window: Int) {
    let prefetcher = Prefetcher(count: 50, window: window, threads: threads) { $0 * $0 }
    var values: [Int] = []
    while let value = prefetcher.next() { values.append(value) }
    #expect(values == (0..<50).map { $0 * $0 })
    #expect(prefetcher.next() == nil)
  }

  @Test func noValueIsBegunBeforeThereIsRoomForIt() {
    let made = Made()
    let prefetcher = Prefetcher(count: 1000, window: 4, threads: 3) { position in
      made.note(position)
      return position
    }
    for taken in 0..<100 {
      #expect(prefetcher.next() == taken)
      // The value that was just taken has made room for one more.
      #expect(made.last <= taken + 4)
    }
  }

  @Test func nothingIsMadeOfNothing() {
    #expect(Prefetcher(count: 0, window: 1, threads: 2) { $0 }.next() == nil)
  }
}

/// The largest position that was begun.
private final class Made: Sendable {
  private let largest = Mutex(-1)

  var last: Int { largest.withLock { $0 } }

  func note(_ position: Int) { largest.withLock { $0 = max($0, position) } }
}
