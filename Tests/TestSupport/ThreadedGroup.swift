import EspalierProcesses
import Foundation

/// A group whose members are threads of one process: the order of sums is tested by it where there is no MPI.
package struct ThreadedGroup: ProcessGroup {
  package let rank: Int
  package var count: Int { room.count }
  private let room: Room

  /// Runs `body` on so many threads, each with its group, and returns their results in the order of ranks.
  ///
  /// A member that fails ends the tests, since the others would wait for it for ever.
  package static func run<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (any ProcessGroup) throws -> Result
  ) -> [Result] {
    let room = Room(count)
    let results = Results<Result>(count)
    let threads = (0..<count).map { rank in
      let thread = Thread {
        do {
          results.set(try body(ThreadedGroup(rank: rank, room: room)), at: rank)
        } catch {
          fatalError("member \(rank) of a group of \(count) failed: \(error)")
        }
      }
      thread.stackSize = 16 << 20
      return thread
    }
    for thread in threads { thread.start() }
    return results.whenAll()
  }

  private init(rank: Int, room: Room) {
    self.rank = rank
    self.room = room
  }

  package func exchange(
    _ bytes: UnsafeRawBufferPointer, _ sizes: [Int], into received: UnsafeMutableRawBufferPointer
  ) {
    let place = sizes[..<rank].reduce(0, +)
    room.meet(rank, UnsafeMutableRawBufferPointer(mutating: bytes)) { all in
      for (other, sent) in all.enumerated() where sizes[rank] > 0 {
        UnsafeMutableRawBufferPointer(rebasing: received[(other * sizes[rank])...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: sent[place..<place + sizes[rank]]))
      }
    }
  }

  package func gather(_ bytes: UnsafeMutableRawBufferPointer, _ sizes: [Int]) {
    room.meet(rank, bytes) { all in
      var place = 0
      for (other, sent) in all.enumerated() {
        defer { place += sizes[other] }
        guard other != rank, sizes[other] > 0 else { continue }
        UnsafeMutableRawBufferPointer(rebasing: bytes[place...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: sent[place..<place + sizes[other]]))
      }
    }
  }

  package func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {
    room.meet(rank, bytes) { all in
      if rank > 0 { bytes.copyMemory(from: UnsafeRawBufferPointer(all[0])) }
    }
  }

  package func barrier() { room.wait() }

  package func finish() { room.wait() }

  package func abort(code: Int32) -> Never { fatalError("member \(rank) ends with code \(code)") }
}

/// Where the members meet and show each other their bytes.
private final class Room: @unchecked Sendable {
  let count: Int
  private let condition = NSCondition()
  private var (arrived, meeting) = (0, 0)
  private var shown: [UnsafeMutableRawBufferPointer]

  init(_ count: Int) {
    self.count = count
    shown = Array(repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0), count: count)
  }

  /// Shows `bytes`, calls `body` with what all have shown, and returns when all are done with it.
  func meet(_ rank: Int, _ bytes: UnsafeMutableRawBufferPointer, _ body: ([UnsafeMutableRawBufferPointer]) -> Void) {
    condition.withLock { shown[rank] = bytes }
    wait()
    body(condition.withLock { shown })
    wait()
  }

  func wait() {
    condition.withLock {
      let own = meeting
      arrived += 1
      if arrived == count {
        (arrived, meeting) = (0, meeting + 1)
        condition.broadcast()
      }
      while meeting == own { condition.wait() }
    }
  }
}

/// The results of the members.
private final class Results<Value: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var values: [Value?]

  init(_ count: Int) { values = Array(repeating: nil, count: count) }

  func set(_ value: Value, at rank: Int) {
    condition.withLock {
      values[rank] = value
      condition.broadcast()
    }
  }

  func whenAll() -> [Value] {
    condition.withLock {
      while values.contains(where: { $0 == nil }) { condition.wait() }
      return values.compactMap { $0 }
    }
  }
}
