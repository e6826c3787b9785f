import ArgumentParser
import EspalierFiles

extension ExitCode {
  /// The exit code for an error of this kind.
  ///
  /// Usage errors are not among these kinds: faults visible in the command line alone are a `ValidationError`, whose
  /// code is `validationFailure` (64). An argument that only the work shows to be impossible counts as input.
  init(_ kind: EspalierError.Kind) {
    self =
      switch kind {
      case .file, .model, .unsupported, .data, .argument, .diverged: .unusableInput
      case .refusal: .refused
      case .interrupted: ExitCode(128 + (Interruption.signal ?? 0))
      case .internal: .failure
      }
  }

  /// There is nothing to do, or the result would be wrong.
  static let refused = ExitCode(2)
  /// A fit ended without a certificate.
  static let uncertified = ExitCode(3)
  /// The input cannot be used, or an output cannot be written (`EX_DATAERR` of `sysexits.h`).
  static let unusableInput = ExitCode(65)
}
