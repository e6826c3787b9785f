import EspalierFiles
import Foundation
import Synchronization

/// A folder in which the long jobs of one command keep their states, so that the same command goes on from there.
///
/// A command may consist of several jobs, such as the prunings that a budget tries; each is recognised by the origin of
/// its state (``StateOrigin``). States are kept every so often, when a signal asks the job to end
/// (``deferringSignals(_:)``), and at the end of a job. The last two of a job are kept, each written whole or not at
/// all, with a checksum: if the last is damaged, the one before it serves. One process at a time uses a folder.
package final class Checkpoints: Sendable {
  /// The folder.
  package let folder: String
  private let interval: Double
  /// Whether this process keeps states.
  private let leads: Bool
  /// The folder, open and locked.
  private let lock: Int32
  private let last: Mutex<ContinuousClock.Instant>
  private let warn: @Sendable (String) -> Void

  private static let job = "command"
  private static let ending = ".state"

  /// The states of `command` in `folder`, which is made if it does not exist.
  ///
  /// - Parameters:
  ///   - interval: Seconds between states.
  ///   - command: The command, without options that have no influence on its results.
  ///   - leads: Whether this process keeps the states, of several that work together.
  ///   - warn: Told what must be said besides.
  /// - Throws: `EspalierError` if the folder holds the states of another command, is in use by another process, or
  ///   cannot be written to.
  package init(
    in folder: String, every interval: Double, of command: [String], leads: Bool = true,
    warn: @escaping @Sendable (String) -> Void
  ) throws(EspalierError) {
    self.folder = folder
    self.interval = interval
    self.warn = warn
    last = Mutex(.now)
    self.leads = leads
    guard leads else {
      lock = -1
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw EspalierError(.file, folder, "cannot be made a folder: \(error.localizedDescription)")
    }
    lock = open(folder, O_RDONLY | O_CLOEXEC)
    // Some file systems have no locks; there two processes are not told from each other.
    if flock(lock, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw EspalierError(
        .argument, folder, "is in use by another process", remedy: "wait until it has ended, or name another folder")
    }
    let path = "\(folder)/\(Self.job)"
    AtomicFile.removeAbandoned(beside: path)
    let text = command.map { $0.debugDescription }.joined(separator: " ") + "\n"
    // A signal may come as soon as the file is there.
    Interruption.isContinuable = true
    if FileManager.default.fileExists(atPath: path) {
      guard try FileContents.read(path) == Array(text.utf8) else {
        throw EspalierError(
          .argument, folder, "holds the states of another command",
          remedy: "repeat that command, or name another folder")
      }
    } else {
      try AtomicFile.write(Array(text.utf8), to: path)
    }
  }

  deinit {
    Interruption.isContinuable = false
    close(lock)
  }

  /// Whether a state should be kept now.
  package var isDue: Bool {
    Interruption.signal != nil || last.withLock { (ContinuousClock.now - $0) / .seconds(1) >= interval }
  }

  /// The last state of the job with this origin; `nil` if there is none. Damaged ones are told of and passed over.
  ///
  /// - Throws: `EspalierError` if all that are left are damaged.
  package func state<State: FileState>(of origin: StateOrigin, as type: State.Type) throws(EspalierError) -> State? {
    let paths = paths(of: origin, State.kind)
    for path in paths.reversed() {
      do throws(EspalierError) {
        return try State(contentsOf: path)
      } catch {
        guard path != paths.first else { throw unrecoverable(error) }
        var damage = error
        damage.remedy = "the state before it is taken"
        warn("\(damage)")
      }
    }
    return nil
  }

  /// The fault of a damaged state where no other is left.
  package func unrecoverable(_ damage: EspalierError) -> EspalierError {
    var damage = damage
    damage.remedy = "no other state is left: remove the folder \(folder) to begin anew"
    return damage
  }

  /// Does a job that keeps its states here. Until it is done, a signal is noted, for ``note(of:_:)`` or
  /// ``endIfInterrupted()`` to obey; between jobs it ends the process at once (``Interruption``), and what was kept
  /// serves.
  ///
  /// - Throws: `EspalierError` of kind `interrupted` after a signal, and what `job` throws.
  package func deferringSignals(_ job: () throws(EspalierError) -> Void) throws(EspalierError) {
    Interruption.isDeferred = true
    defer { Interruption.isDeferred = false }
    do throws(EspalierError) {
      try job()
    } catch {
      throw error.kind == .interrupted ? interruption : error
    }
    // From here on a signal ends the process by itself.
    Interruption.isDeferred = false
    try endIfInterrupted()
  }

  /// Keeps a state of the job with this origin if one is due; then ends the job if a signal has come.
  ///
  /// - Throws: `EspalierError` of kind `interrupted` after a signal, and if the state cannot be written.
  package func note<State: FileState>(
    of origin: StateOrigin, _ state: () throws(EspalierError) -> State
  ) throws(EspalierError) {
    guard leads, isDue else { return }
    try keep(of: origin, try state())
    try endIfInterrupted()
  }

  /// Keeps a state of the job with this origin, and removes all but the last two.
  ///
  /// - Throws: `EspalierError` if the folder cannot be written to.
  package func keep(of origin: StateOrigin, _ state: some FileState) throws(EspalierError) {
    guard leads else { return }
    let old = paths(of: origin, Swift.type(of: state).kind)
    let number = old.last.flatMap(Self.number) ?? 0
    let digits = String(number + 1)
    let name = Self.name(of: origin, Swift.type(of: state).kind)
    let padding = String(repeating: "0", count: max(0, 6 - digits.count))
    try state.write(to: "\(folder)/\(name)-\(padding)\(digits)\(Self.ending)")
    for path in old.dropLast() { try? FileManager.default.removeItem(atPath: path) }
    kept()
  }

  /// The folder of the job with this origin, for states of several files; made if it does not exist.
  ///
  /// - Throws: `EspalierError` if it cannot be made.
  package func folder(of origin: StateOrigin, _ kind: String) throws(EspalierError) -> String {
    let path = "\(folder)/\(Self.name(of: origin, kind))\(Self.ending)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw EspalierError(.file, path, "cannot be made a folder: \(error.localizedDescription)")
    }
    if leads { AtomicFile.removeAbandoned(beside: "\(path)/state") }
    return path
  }

  /// Records that a state was kept now.
  package func kept() { last.withLock { $0 = .now } }

  /// Ends the job if a signal has come.
  ///
  /// - Throws: `EspalierError` of kind `interrupted`.
  package func endIfInterrupted() throws(EspalierError) {
    guard Interruption.signal == nil else { throw interruption }
  }

  private var interruption: EspalierError {
    EspalierError(.interrupted, "", "interrupted; the same command goes on from \(folder)")
  }

  /// Removes all states, once the command's results are written.
  package func finish() {
    Interruption.isContinuable = false
    guard leads else { return }
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? [] where Self.isOwn(name) {
      try? manager.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  private func paths(of origin: StateOrigin, _ kind: String) -> [String] {
    let name = Self.name(of: origin, kind) + "-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(name) && $0.hasSuffix(Self.ending) }.map { "\(folder)/\($0)" }
      .sorted { Self.number($0) ?? 0 < Self.number($1) ?? 0 }
  }

  private static func number(_ path: String) -> Int? {
    path.dropLast(ending.count).split(separator: "-").last.flatMap { Int($0) }
  }

  private static func name(of origin: StateOrigin, _ kind: String) -> String {
    var checksum = Checksum()
    for (name, value) in origin.sources.sorted(by: { $0.key < $1.key }) { checksum.add("\(name) \(value)") }
    for (name, value) in origin.settings.sorted(by: { $0.key < $1.key }) { checksum.add("\(name) \(value)") }
    return "\(kind.replacing(" ", with: "-"))-\(String(checksum.value, radix: 16))"
  }

  private static func isOwn(_ name: String) -> Bool {
    name == job || name.hasSuffix(ending)
  }
}
