import Files
import Foundation

/// The process's standard error: progress and warnings, which a job never depends on.
///
/// What cannot be written there (a full disk, a closed stream, a reader that has gone) is dropped, and the job goes on.
public enum StandardError {
  /// Writes `text` as it is, or drops it.
  public static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Writes a sentence that a user must not miss, `--quiet` or not: that a result may mislead.
  public static func warn(_ sentence: String) { write("espalier: warning: \(sentence)\n") }
}

/// The process's standard output: results.
public enum StandardOutput {
  /// Writes `text` and the end of its line.
  ///
  /// - Throws: `DataError` if the result cannot be written.
  public static func print(_ text: String) throws(DataError) { try write(Data("\(text)\n".utf8)) }

  /// Writes `data` as it is.
  ///
  /// - Throws: `DataError` if the result cannot be written.
  public static func write(_ data: Data) throws(DataError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      throw DataError("standard output", "cannot be written: \(error.localizedDescription)")
    }
  }
}
