/// Which weights of a model go to a second file beside it, `<name>.onnx.data` for `<name>.onnx`.
package enum ExternalDataPolicy: Hashable, Sendable {
  /// None, unless the model would come near the 2 GiB that one ONNX file can have; then all above 1 KiB.
  case automatic
  /// All of more than so many bytes.
  case always(above: Int)
  /// None.
  case never

  /// Above how many bytes in all ``automatic`` makes a second file.
  static let automaticLimit = 1_500_000_000

  /// The size above which a weight goes to the second file, in a model whose weights have `total` bytes.
  func threshold(total: Int) -> Int {
    switch self {
    case .automatic: total > Self.automaticLimit ? 1024 : .max
    case .always(let bytes): bytes
    case .never: .max
    }
  }
}
