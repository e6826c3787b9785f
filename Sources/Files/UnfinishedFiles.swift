import Foundation
import Synchronization

/// The temporary files being written, removed if a signal ends the process.
///
/// Their paths are kept in a table of fixed size that a signal handler can read: a handler must not allocate memory or
/// wait.
package enum UnfinishedFiles {
  /// The maximum number of files tracked; more than are ever written at once. Files beyond it are written all the same,
  /// but not removed after a signal.
  private static let capacity = 64
  /// The paths. Their text is never freed, because a handler may be reading it.
  private nonisolated(unsafe) static let table = {
    let table = UnsafeMutablePointer<Atomic<UnsafeMutablePointer<CChar>?>>.allocate(capacity: capacity)
    for slot in 0..<capacity { (table + slot).initialize(to: Atomic(nil)) }
    return table
  }()

  /// An entry of the table.
  struct Entry {
    fileprivate let slot: Int?
  }

  /// Registers `path` for removal if a signal ends the process. Call before the file is created.
  static func add(_ path: String) -> Entry {
    guard let text = strdup(path) else { return Entry(slot: nil) }
    let slot = (0..<capacity).first { slot in
      table[slot].compareExchange(expected: nil, desired: text, ordering: .sequentiallyConsistent).exchanged
    }
    return Entry(slot: slot)
  }

  /// Unregisters a file that was renamed or removed.
  static func remove(_ entry: Entry) {
    guard let slot = entry.slot else { return }
    table[slot].store(nil, ordering: .sequentiallyConsistent)
  }

  /// Installs handlers of `SIGINT`, `SIGTERM` and `SIGHUP` that remove unfinished files and end the process with the
  /// code by which shells report the signal: 128 and its number. A job that keeps its state is asked to end first
  /// (``Interruption``).
  ///
  /// A signal that the process ignores (under `nohup`, say) stays ignored. A file that reaches the size limit of the
  /// process (`ulimit -f`) is an error of writing, not a signal. A mapped file that another process has cut short ends
  /// this one as unusable input (``MappedRegion``).
  package static func removeOnSignals() {
    // Initialised now: a handler must not be the first to access it.
    _ = table
    Interruption.prepare()
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var present = sigaction()
      guard sigaction(number, nil, &present) == 0, !present.isIgnored else { continue }
      signal(number) { number in
        if Interruption.note(number) { return }
        UnfinishedFiles.end(128 + number)
      }
    }
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGBUS) { _ in
      Interruption.say("espalier: a file became shorter while it was read; leave it as it is during the run\n")
      UnfinishedFiles.end(65)
    }
  }

  /// Removes unfinished files and ends the process, as a signal handler may.
  private static func end(_ code: Int32) -> Never {
    for slot in 0..<capacity {
      if let path = table[slot].load(ordering: .sequentiallyConsistent) { unlink(path) }
    }
    _exit(code)
  }
}

extension sigaction {
  /// Whether the signal is ignored.
  fileprivate var isIgnored: Bool {
    #if canImport(Darwin)
      let handler = unsafeBitCast(__sigaction_u.__sa_handler, to: Int.self)
    #else
      let handler = unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self)
    #endif
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
