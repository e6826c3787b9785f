import EspalierFiles
import Foundation
import Synchronization
import SystemPackage

/// The three streams that a process begins with.
package enum StandardStreams {
  /// Keeps a job from being harmed by what its streams lead to; to be called before anything is opened.
  ///
  /// Readers that go away do not end the process (`SIGPIPE` is ignored). A stream that is closed gets a descriptor that
  /// can do nothing: writing to it fails as before, but no file that is opened later takes its number and gets messages
  /// inside.
  package static func secure() {
    signal(SIGPIPE, SIG_IGN)
    let useless = [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    for (descriptor, mode) in useless where fcntl(descriptor, F_GETFD) < 0 {
      // A new file gets the lowest number that is free, which is this one.
      _ = open("/dev/null", mode)
    }
  }

  /// Writes all of `data`.
  fileprivate static func write(_ data: Data, to stream: FileDescriptor) throws(Errno) {
    var outcome = Result<Void, Errno>.success(())
    data.withUnsafeBytes { bytes in
      outcome = Result { () throws(Errno) in try stream.writeWhole(bytes) }
    }
    try outcome.get()
  }
}

/// The process's standard error: progress and warnings, which a job never depends on.
///
/// What cannot be written there (a full disk, a closed stream, a reader that has gone) is dropped, and the job goes on.
package enum StandardError {
  /// Writes `text` as it is, or drops it.
  package static func write(_ text: String) {
    try? StandardStreams.write(Data(text.utf8), to: .standardError)
  }

  /// Writes a sentence about the job on a line of its own: what is wrong with an input, or why the job ended.
  ///
  /// Names out of files stand in it, so control characters are escaped and what is far too long loses its middle.
  package static func tell(_ sentence: String) { write("espalier: \(sentence.printable.shortened(to: 4000))\n") }

  /// Writes a sentence that a user must not miss, `--quiet` or not: that a result may mislead.
  package static func warn(_ sentence: String) { tell("warning: \(sentence)") }
}

/// The process's standard output: results.
///
/// A command writes its files first and its standard output last, so that a stream that takes nothing costs no file.
package enum StandardOutput {
  private static let readerHasGone = Atomic(false)

  /// Whether anybody still reads. Once the reader of a pipe has gone (`| head`), what is written is dropped without a
  /// word.
  package static var hasReader: Bool { !readerHasGone.load(ordering: .relaxed) }

  /// Writes `text` and the end of its line.
  ///
  /// - Throws: `EspalierError` if the result cannot be written.
  package static func print(_ text: String) throws(EspalierError) { try write(Data("\(text)\n".utf8)) }

  /// Writes `data` as it is.
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
