import EspalierThreading
import Synchronization
import Testing

@Suite struct ThreadsTests {
  @Test(arguments: [1, 2, 5, 64])
  func everyPartIsRunOnce(parts: Int) {
    let runs = Mutex([Int](repeating: 0, count: parts))
    Threads.run(parts) { part in runs.withLock { $0[part] += 1 } }
    #expect(runs.withLock { $0 } == [Int](repeating: 1, count: parts))
  }
}
