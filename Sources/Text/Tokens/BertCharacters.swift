/// The character classes of BERT's tokenizers.
///
/// Hugging Face's implementation in Rust, with which the published models were used, knows the general categories of
/// Unicode 8.0. It treats later scalars as neither control characters nor punctuation nor marks, and so does this one;
/// likewise the few scalars whose category has changed since. White space and lower-casing follow the newest Unicode in
/// both.
extension Unicode.Scalar {
  /// White space, which separates words.
  var isBertWhitespace: Bool {
    isASCII ? self == " " || 0x09...0x0D ~= value : properties.isWhitespace
  }

  /// A control, format or private-use character, which cleaning removes; tab, line feed and carriage return are white
  /// space.
  var isBertControl: Bool {
    if isASCII { return value < 0x20 && self != "\t" && self != "\n" && self != "\r" || value == 0x7F }
    return switch properties.generalCategory {
    case .control, .format, .privateUse: isKnownToUnicode8
    default: false
    }
  }

  /// Punctuation, a word by itself; in ASCII, every visible character but letters and digits.
  var isBertPunctuation: Bool {
    if isASCII { return 0x21...0x2F ~= value || 0x3A...0x40 ~= value || 0x5B...0x60 ~= value || 0x7B...0x7E ~= value }
    return switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      isKnownToUnicode8
    // CANADIAN SYLLABICS CHI SIGN and SHARADA SANDHI MARK, punctuation in Unicode 8.
    default: value == 0x166D || value == 0x111C9
    }
  }

  /// A non-spacing mark, which stripping of accents removes.
  var isBertMark: Bool {
    if value < 0x300 { return false }
    return switch (properties.generalCategory, value) {
    // Letters, a spacing mark or punctuation in Unicode 8.
    case (.nonspacingMark, 0x1885), (.nonspacingMark, 0x1886), (.nonspacingMark, 0xA9BD), (.nonspacingMark, 0x111C9):
      false
    case (.nonspacingMark, _): isKnownToUnicode8
    // HANUNOO SIGN PAMUDPOD and AHOM CONSONANT SIGN MEDIAL RA, non-spacing in Unicode 8.
    default: value == 0x1734 || value == 0x1171E
    }
  }

  /// An ideograph, a word by itself. The blocks are those of BERT's first implementation without U+2B820 to U+2B91F,
  /// which Hugging Face's in Rust lacks too.
  var isBertIdeograph: Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B81F, 0x2B920...0x2CEAF,
      0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  private var isKnownToUnicode8: Bool { isKnown(to: (8, 0)) }

  /// Whether the scalar has been assigned in this version of Unicode.
  func isKnown(to version: (major: Int, minor: Int)) -> Bool {
    guard let age = properties.age else { return false }
    return (age.major, age.minor) <= version
  }
}
