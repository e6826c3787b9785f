import EspalierFiles
import Foundation
import Synchronization
import SystemPackage

/// The three standard streams of the process.
package enum StandardStreams {
  /// Makes the process robust to closed streams; must be called before any file is opened.
  ///
  /// `SIGPIPE` is ignored, so that a reader that goes away does not end the process. A closed stream gets a descriptor
  /// that cannot be used: writing to it still fails, but no file opened later gets its number and receives messages.
  package static func secure() {
    signal(SIGPIPE, SIG_IGN)
    let useless = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    for (descriptor, mode) in useless where fcntl(descriptor, F_GETFD) < 0 {
      // A new file gets the lowest free number, which is this one.
      _ = open("/dev/null", mode)
    }
  }

  private static let isMute = Atomic(false)
  private static let speaker = Mutex<String?>(nil)

  /// Drops all output from now on: of several processes that work together, one speaks.
  package static func mute() { isMute.store(true, ordering: .relaxed) }

  /// Writes output again; messages begin with the name of the speaker.
  package static func unmute(as name: String) {
    speaker.withLock { $0 = name }
    isMute.store(false, ordering: .relaxed)
  }

  /// The name of the speaker, if there are several.
  fileprivate static var prefix: String { speaker.withLock { $0 }.map { "\($0): " } ?? "" }

  /// Writes all of `data`.
  fileprivate static func write(_ data: Data, to stream: FileDescriptor) throws(Errno) {
    guard !isMute.load(ordering: .relaxed) else { return }
    var outcome = Result<Void, Errno>.success(())
    data.withUnsafeBytes { bytes in
      outcome = Result { () throws(Errno) in try stream.writeWhole(bytes) }
    }
    try outcome.get()
  }
}

/// The process's standard error: progress and warnings, which no job depends on.
///
/// Text that cannot be written (because of a full disk, a closed stream, or a reader that has gone) is dropped.
package enum StandardError {
  /// Writes `text` unchanged, or drops it.
  package static func write(_ text: String) {
    try? StandardStreams.write(Data(text.utf8), to: .standardError)
  }

  /// Writes a message on a line of its own: a problem with an input, or the reason why the job ended.
  ///
  /// It may contain names from files, so control characters are escaped, and the middle of text that would not fit a
  /// screen is omitted.
  package static func tell(_ sentence: String) {
    write("espalier: \(StandardStreams.prefix)\(sentence.printable.shortened(to: longest))\n")
  }

  /// The largest number of characters of a message: 25 lines of 80.
  static let longest = 2000

  /// Writes a warning that a result may mislead, even with `--quiet`.
  package static func warn(_ sentence: String) { tell("warning: \(sentence)") }
}

/// The process's standard output: results.
///
/// A command writes its files first and its standard output last, so that a failing stream costs no file.
package enum StandardOutput {
  private static let readerHasGone = Atomic(false)

  /// Whether there is still a reader. Once the reader of a pipe has gone (`| head`), output is dropped silently.
  package static var hasReader: Bool { !readerHasGone.load(ordering: .relaxed) }

  /// Writes `text` and a newline.
  ///
  /// - Throws: `EspalierError` if the result cannot be written.
  package static func print(_ text: String) throws(EspalierError) { try write(Data("\(text)\n".utf8)) }

  /// Writes `data` unchanged.
  ///
  /// - Throws: `EspalierError` if the result cannot be written.
  package static func write(_ data: Data) throws(EspalierError) {
    guard hasReader else { return }
    do throws(Errno) {
      try StandardStreams.write(data, to: .standardOutput)
    } catch .brokenPipe {
      readerHasGone.store(true, ordering: .relaxed)
    } catch {
      throw EspalierError(.file, "standard output", "cannot be written: \(error)")
    }
  }
}
