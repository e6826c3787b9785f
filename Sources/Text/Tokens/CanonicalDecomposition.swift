import Foundation

/// Canonical decomposition of text (Unicode's normalisation form D): `é` becomes `e` and a combining acute accent.
enum CanonicalDecomposition {
  /// The Unicode version of Hugging Face's tokenizers. Newer scalars are unchanged, and end a sequence of reordered
  /// marks.
  private static let version = (major: 12, minor: 1)

  /// `scalars` decomposed, with marks in canonical order.
  static func of(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    // Nothing below U+00C0 decomposes.
    guard scalars.contains(where: { $0.value >= 0xC0 }) else { return scalars }
    var result: [Unicode.Scalar] = []
    var known = String.UnicodeScalarView()
    func flush() {
      guard !known.isEmpty else { return }
      result += String(known).decomposedStringWithCanonicalMapping.unicodeScalars
      known = String.UnicodeScalarView()
    }
    for scalar in scalars {
      if scalar.value < 0xC0 || scalar.isKnown(to: version) {
        known.append(scalar)
      } else {
        flush()
        result.append(scalar)
      }
    }
    flush()
    return result
  }
}
