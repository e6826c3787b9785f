/// The weights of a model that are stored in a second file beside it, `<name>.onnx.data` for `<name>.onnx`.
package enum ExternalDataPolicy: Hashable, Sendable {
  /// None, unless the model would approach the limit of 2 GiB for an ONNX file; then all above 1 KiB.
  case automatic
  /// All above this number of bytes.
  case always(above: Int)
  /// None.
  case never

  /// The total number of bytes above which ``automatic`` uses a second file.
  static let automaticLimit = 1_500_000_000

  /// The size above which a weight is stored in the second file, for a model with `total` bytes of weights.
  func threshold(total: Int) -> Int {
    switch self {
    case .automatic: total > Self.automaticLimit ? 1024 : .max
    case .always(let bytes): bytes
    case .never: .max
    }
  }
}
