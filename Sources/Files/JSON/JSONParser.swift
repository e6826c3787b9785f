/// A parser of JSON text, from front to back.
struct JSONParser {
  /// The maximum nesting, which valid data never reaches.
  private static let deepest = 256

  private let bytes: [UInt8]
  private let subject: String
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8], subject: String) {
    self.bytes = bytes
    self.subject = subject
  }

  /// The only value of the text.
  mutating func document() throws(EspalierError) -> JSONValue {
    let value = try value()
    skipSpaces()
    guard position == bytes.count else { throw malformed("something follows its end") }
    return value
  }

  private func malformed(_ reason: String) -> EspalierError {
    EspalierError(.file, subject, "is not valid JSON: \(reason) at byte \(position)")
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpaces() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func accept(_ byte: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(EspalierError) -> JSONValue {
    skipSpaces()
    guard let next else { throw malformed("a value is missing") }
    switch next {
    case UInt8(ascii: "{"): return .object(try nested { parser throws(EspalierError) in try parser.members() })
    case UInt8(ascii: "["): return .array(try nested { parser throws(EspalierError) in try parser.elements() })
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw malformed("a value is missing")
    }
  }

  /// Parses one level deeper.
  private mutating func nested<Result>(
    _ read: (inout JSONParser) throws(EspalierError) -> Result
  ) throws(EspalierError) -> Result {
    position += 1
    depth += 1
    guard depth <= Self.deepest else { throw malformed("it is nested more than \(Self.deepest) deep") }
    let result = try read(&self)
    depth -= 1
    return result
  }

  private mutating func members() throws(EspalierError) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    guard !accept("}") else { return members }
    repeat {
      skipSpaces()
      guard next == UInt8(ascii: "\"") else { throw malformed("a name is missing") }
      let name = try string()
      guard accept(":") else { throw malformed("a colon is missing") }
      members.append(JSONValue.Member(name: name, value: try value()))
    } while accept(",")
    guard accept("}") else { throw malformed("a closing brace is missing") }
    return members
  }

  private mutating func elements() throws(EspalierError) -> [JSONValue] {
    var elements: [JSONValue] = []
    guard !accept("]") else { return elements }
    repeat { elements.append(try value()) } while accept(",")
    guard accept("]") else { throw malformed("a closing bracket is missing") }
    return elements
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(EspalierError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw malformed("a value is missing") }
    position += word.utf8.count
    return value
  }

  /// A number: `-? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?`.
  private mutating func number() throws(EspalierError) -> JSONValue {
    let start = position
    var isWhole = true
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text) else { throw malformed("a number cannot be read") }
    return .number(number)
  }

  private mutating func digits() throws(EspalierError) {
    let start = position
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    guard position > start else { throw malformed("a digit is missing") }
  }

  /// A string; unescaped characters are taken in runs.
  private mutating func string() throws(EspalierError) -> String {
    position += 1
    var result = ""
    var start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        result += try text(start..<position)
        position += 1
        return result
      case UInt8(ascii: "\\"):
        result += try text(start..<position)
        position += 1
        result.unicodeScalars.append(try escaped())
        start = position
      case 0..<0x20: throw malformed("a control character stands in a string")
      default: position += 1
      }
    }
    throw malformed("a string is not closed")
  }

  private func text(_ range: Range<Int>) throws(EspalierError) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else { throw malformed("a string is not UTF-8") }
    return text
  }

  /// The character of an escape sequence, after its backslash.
  private mutating func escaped() throws(EspalierError) -> Unicode.Scalar {
    defer { position += 1 }
    switch next {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codePoint()
    default: throw malformed("an escape is unknown")
    }
  }

  /// A code point of four hexadecimal digits, or of two times four as a surrogate pair; ends on the last digit.
  private mutating func codePoint() throws(EspalierError) -> Unicode.Scalar {
    let high = try hexadecimal()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, bytes[(position + 1)...].starts(with: "\\u".utf8) else {
      throw malformed("half a surrogate pair stands alone")
    }
    position += 2
    let low = try hexadecimal()
    guard 0xDC00..<0xE000 ~= low, let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) else {
      throw malformed("half a surrogate pair stands alone")
    }
    return scalar
  }

  /// The four digits after `position`; ends on the last.
  private mutating func hexadecimal() throws(EspalierError) -> UInt32 {
    let digits = bytes[(position + 1)...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed("four hexadecimal digits are missing") }
    position += 4
    return value
  }
}
