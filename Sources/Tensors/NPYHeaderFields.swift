import EspalierFiles

/// The three fields of an `.npy` header, parsed from its Python dictionary.
///
/// Only the literals that NumPy writes are supported: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NPYHeaderFields {
  var descriptor = ""
  var isFortranOrder = false
  var shape: [Int] = []

  private let text: [UInt8]
  private var position = 0
  private let subject: String

  init(parsing text: [UInt8], subject: String) throws(EspalierError) {
    self.text = text
    self.subject = subject
    var seen: Set<String> = []
    try expect("{")
    while !accept("}") {
      let key = try string()
      try expect(":")
      guard seen.insert(key).inserted else { throw malformed("the key '\(key)' stands twice") }
      switch key {
      case "descr": descriptor = try typeDescriptor()
      case "fortran_order": isFortranOrder = try truth()
      case "shape": shape = try tuple()
      default: throw malformed("the key '\(key)' is unknown")
      }
      if !accept(",") {
        try expect("}")
        break
      }
    }
    skipSpaces()
    guard position == text.count else { throw malformed("something follows its end") }
    guard seen.count == 3 else { throw malformed("it lacks 'descr', 'fortran_order' or 'shape'") }
  }

  private func malformed(_ reason: String) -> EspalierError {
    EspalierError(.file, subject, "has a damaged .npy header: \(reason)")
  }

  private mutating func skipSpaces() {
    while position < text.count, text[position] == 0x20 || text[position] == 0x0A { position += 1 }
  }

  /// Consumes `word` if it comes next.
  private mutating func accept(_ word: String) -> Bool {
    skipSpaces()
    guard text[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func expect(_ word: String) throws(EspalierError) {
    guard accept(word) else { throw malformed("'\(word)' is missing at byte \(position) of it") }
  }

  private mutating func string() throws(EspalierError) -> String {
    skipSpaces()
    guard position < text.count, text[position] == 0x27 || text[position] == 0x22,
      let end = text[(position + 1)...].firstIndex(of: text[position])
    else { throw malformed("a string is missing at byte \(position) of it") }
    defer { position = end + 1 }
    return String(decoding: text[position + 1..<end], as: UTF8.self)
  }

  private mutating func typeDescriptor() throws(EspalierError) -> String {
    skipSpaces()
    guard position < text.count, text[position] != 0x5B else {
      throw EspalierError(
        .file, subject, "holds records of several fields (a structured array), which is not supported",
        remedy: "save each field as an array of its own")
    }
    return try string()
  }

  private mutating func truth() throws(EspalierError) -> Bool {
    if accept("True") { return true }
    try expect("False")
    return false
  }

  private mutating func tuple() throws(EspalierError) -> [Int] {
    try expect("(")
    var sizes: [Int] = []
    while !accept(")") {
      skipSpaces()
      let digits = text[position...].prefix { (0x30...0x39).contains($0) }
      guard let size = Int(String(decoding: digits, as: UTF8.self)) else {
        throw malformed("its shape has no number at byte \(position)")
      }
      position += digits.count
      sizes.append(size)
      // Python 2 wrote long integers as `3L`.
      _ = accept("L")
      if !accept(",") {
        try expect(")")
        break
      }
    }
    return sizes
  }
}
