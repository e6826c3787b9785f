import Foundation
import Synchronization

/// The files that are being written and have not got their names yet: they go when a signal ends the process.
///
/// Paths stand in a table of fixed size, which the handler of a signal can read: it may neither take memory nor wait.
package enum UnfinishedFiles {
  /// More files than are ever written at once; what exceeds them is written all the same, and stays behind if a signal
  /// comes.
  private static let capacity = 64
  /// The paths. Their text is never freed, because a handler may be about to read it.
  private nonisolated(unsafe) static let table = {
    let table = UnsafeMutablePointer<Atomic<UnsafeMutablePointer<CChar>?>>.allocate(capacity: capacity)
    for slot in 0..<capacity { (table + slot).initialize(to: Atomic(nil)) }
    return table
  }()

  /// A place in the table.
  struct Entry {
    fileprivate let slot: Int?
  }

  /// From now on `path` is removed if the process is ended by a signal. To be called before the file is made.
  static func add(_ path: String) -> Entry {
    guard let text = strdup(path) else { return Entry(slot: nil) }
    let slot = (0..<capacity).first { slot in
      table[slot].compareExchange(expected: nil, desired: text, ordering: .sequentiallyConsistent).exchanged
    }
    return Entry(slot: slot)
  }

  /// The file has got its name, or is no longer there.
  static func remove(_ entry: Entry) {
    guard let slot = entry.slot else { return }
    table[slot].store(nil, ordering: .sequentiallyConsistent)
  }

  /// Lets `SIGINT`, `SIGTERM` and `SIGHUP` remove unfinished files before they end the process, as they do by
  /// themselves.
  ///
  /// A signal that the process was told to ignore (by `nohup`, say) stays ignored.
  package static func removeOnSignals() {
    // Made now: a handler must not be the first to ask for it.
    _ = table
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var present = sigaction()
      guard sigaction(number, nil, &present) == 0, !present.isIgnored else { continue }
      signal(number) { number in
        for slot in 0..<UnfinishedFiles.capacity {
          if let path = UnfinishedFiles.table[slot].load(ordering: .sequentiallyConsistent) { unlink(path) }
        }
        signal(number, SIG_DFL)
        // Held back until the handler returns, and then the end of the process, by this signal.
        raise(number)
      }
    }
  }
}

extension sigaction {
  /// Whether the signal does nothing.
  fileprivate var isIgnored: Bool {
    #if canImport(Darwin)
      let handler = unsafeBitCast(__sigaction_u.__sa_handler, to: Int.self)
    #else
      let handler = unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self)
    #endif
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
