/// Why a job was not done: says of which kind the fault is, what has it, what is wrong, and what to do.
///
/// Everything in the project throws this one type. What follows from a fault (the exit code of the command, who is
/// named for it, whether an experiment goes on without the run) follows from its ``kind`` and never from its words.
public struct EspalierError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where the fault lies.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A file that cannot be read or written, or is not of its format.
    case file
    /// A network that cannot be handled. The subject is a part of it, or itself; whoever knows its file puts that in
    /// front (``EspalierError/within(_:)``).
    case model
    /// Samples, labels or rows of a table that do not fit each other, or what is done with them.
    case data
    /// An option of the command, or an argument of a function, that cannot be used.
    case argument
    /// Training whose loss is no finite number any more.
    case diverged
    /// A job that was understood and not done: there is nothing to do, or the result would not be right.
    case refusal
    /// A fault of this program.
    case `internal`
  }

  /// Where the fault lies.
  public var kind: Kind
  /// The thing at fault: a path, or a path and a place in it (`model.onnx, node "fc1"`). Empty where ``fault`` is the
  /// whole sentence.
  public var subject: String
  /// What is wrong with it, in the words of the user.
  public var fault: String
  /// What to do about it, where that can be said.
  public var remedy: String?

  /// Makes an error that reads `subject: fault; remedy`.
  public init(_ kind: Kind, _ subject: String, _ fault: String, remedy: String? = nil) {
    self.kind = kind
    self.subject = subject
    self.fault = fault
    self.remedy = remedy
  }

  /// Refuses a job for the reason that `sentence` gives in full.
  public init(refusal sentence: String) {
    self.init(.refusal, "", sentence)
  }

  /// The one sentence a user sees.
  public var description: String {
    (subject.isEmpty ? fault : "\(subject): \(fault)") + (remedy.map { "; \($0)" } ?? "")
  }

  /// The same fault, seen from a place one level further out: `context` is put before the subject.
  public func within(_ context: String) -> EspalierError {
    var error = self
    error.subject = subject.isEmpty ? context : "\(context), \(subject)"
    return error
  }
}
