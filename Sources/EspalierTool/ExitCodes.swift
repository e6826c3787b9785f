import ArgumentParser
import EspalierFiles

extension ExitCode {
  /// The code that the command ends with for a fault of this kind.
  ///
  /// Usage is none of these kinds: what the command line alone shows to be wrong is a `ValidationError`, whose code is
  /// `validationFailure` (64). An argument that only the work finds impossible is input like any other.
  init(_ kind: EspalierError.Kind) {
    self =
      switch kind {
      case .file, .model, .data, .argument, .diverged: .unusableInput
      case .refusal: .refused
      case .internal: .failure
      }
  }

  /// There is nothing to do, or the result would not be right.
  static let refused = ExitCode(2)
  /// A fit ended without a certificate.
  static let uncertified = ExitCode(3)
  /// The input cannot be used, or an output not be written (`EX_DATAERR` of `sysexits.h`).
  static let unusableInput = ExitCode(65)
}
