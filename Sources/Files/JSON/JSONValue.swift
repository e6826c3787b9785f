/// A JSON value (RFC 8259), with object members in their original order and with their exact names.
///
/// Names are compared by code points. (A Swift dictionary would equate canonically equivalent names, such as `é` as
/// one
/// code point or two; vocabularies contain both.)
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A member of an object.
  package struct Member: Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: JSONValue
  }

  /// The value written in `bytes`.
  /// - Throws: `EspalierError` that names `subject` and the position, unless the bytes are exactly one value in UTF-8.
  package init(parsing bytes: [UInt8], subject: String) throws(EspalierError) {
    var parser = JSONParser(bytes, subject: subject)
    self = try parser.document()
  }

  /// The value of the last member called `name`; `nil` if there is none or this is not an object.
  package subscript(name: String) -> JSONValue? {
    members?.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The members of an object; otherwise `nil`.
  package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  /// The elements of an array; otherwise `nil`.
  package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  /// The text of a string; otherwise `nil`.
  package var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The value of a Boolean; otherwise `nil`.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The value of a number written as an integer; otherwise `nil`.
  package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// Whether this is `null`.
  package var isNull: Bool { if case .null = self { true } else { false } }

  /// `text` as a JSON string, including the quotes.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
