/// The former name of ``EspalierError``, for the targets `Operators` and `Engine` alone, until they use the new one.
public typealias DataError = EspalierError

extension EspalierError {
  /// Makes an error of the kind ``Kind/model``, for the targets `Operators` and `Engine` alone, until they state it.
  public init(_ subject: String, _ fault: String, remedy: String? = nil) {
    self.init(.model, subject, fault, remedy: remedy)
  }
}
