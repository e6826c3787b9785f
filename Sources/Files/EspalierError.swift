/// The reason why a job was not done: the kind of fault, its subject, the fault and the remedy.
///
/// The only error type that the project throws. Consequences of a fault (the command's exit code, the subject named,
/// whether an experiment continues without the run) depend on its ``kind``, never on its words.
public struct EspalierError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of a fault.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A file that cannot be read or written, or is not of its format.
    case file
    /// A network that is invalid or not supported. The subject is a part of it, or the network; callers that know its
    /// file prepend the path (``EspalierError/within(_:)``).
    case model
    /// A network that is valid and uses what is not supported, at the node that is the subject. Commands that can do
    /// without a part of the network set that part aside; to others it is a fault of the ``model``.
    case unsupported
    /// Samples, labels or table rows that do not fit each other or their use.
    case data
    /// An invalid option of the command or argument of a function.
    case argument
    /// Training whose loss is no longer finite.
    case diverged
    /// A valid job that was not done: there is nothing to do, or its result would be wrong.
    case refusal
    /// A job that a signal has ended; its state is kept.
    case interrupted
    /// A bug in this program.
    case `internal`
  }

  /// The kind of the fault.
  public var kind: Kind
  /// The object at fault: a path, or a path and a place in it (`model.onnx, node "fc1"`). Empty if ``fault`` is the
  /// whole sentence.
  public var subject: String
  /// The fault, in the words of the user.
  public var fault: String
  /// The remedy, if there is one.
  public var remedy: String?

  /// An error that reads `subject: fault; remedy`.
  public init(_ kind: Kind, _ subject: String, _ fault: String, remedy: String? = nil) {
    self.kind = kind
    self.subject = subject
    self.fault = fault
    self.remedy = remedy
  }

  /// A refusal of a job; `sentence` is the whole message.
  public init(refusal sentence: String) {
    self.init(.refusal, "", sentence)
  }

  /// The message: one sentence.
  public var description: String {
    (subject.isEmpty ? fault : "\(subject): \(fault)") + (remedy.map { "; \($0)" } ?? "")
  }

  /// The same fault seen from one level further out: `context` is prepended to the subject.
  public func within(_ context: String) -> EspalierError {
    var error = self
    error.subject = subject.isEmpty ? context : "\(context), \(subject)"
    return error
  }
}
