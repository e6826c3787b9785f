/// A file, an argument or a data set that cannot be used as it is: says which, what is wrong, and what to do.
///
/// Every reader and writer of the project throws this type for faults of its *input* (never for faults of its own), and
/// the command line ends with exit code 65 (`EX_DATAERR`) when it meets one.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What cannot be used: a path, or a path and a place in it (`model.onnx, node "fc1"`).
  public var subject: String
  /// What is wrong with it, in the words of the user.
  public var fault: String
  /// What to do about it, where that can be said.
  public var remedy: String?

  /// Makes an error that reads `subject: fault (remedy)`.
  public init(_ subject: String, _ fault: String, remedy: String? = nil) {
    self.subject = subject
    self.fault = fault
    self.remedy = remedy
  }

  /// The one sentence a user sees.
  public var description: String {
    "\(subject): \(fault)" + (remedy.map { "; \($0)" } ?? "")
  }

  /// The same fault, seen from a place one level further out: `context` is put before the subject.
  public func within(_ context: String) -> DataError {
    DataError("\(context), \(subject)", fault, remedy: remedy)
  }
}
