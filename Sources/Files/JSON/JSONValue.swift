/// A value of JSON text (RFC 8259), the members of objects in the order and under the very names that were written.
///
/// Names are told apart by their code points. (A Swift dictionary would take canonically equivalent ones, such as `é` in
/// one code point and in two, for the same; vocabularies hold both.)
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One name of an object and what stands under it.
  package struct Member: Sendable {
    /// The name.
    package let name: String
    /// What stands under it.
    package let value: JSONValue
  }

  /// The value that `bytes` are the text of.
  /// - Throws: `EspalierError` that names `subject` and the place, where it is not exactly one value in UTF-8.
  package init(parsing bytes: [UInt8], subject: String) throws(EspalierError) {
    var parser = JSONParser(bytes, subject: subject)
    self = try parser.document()
  }

  /// What stands under `name`, of several the last; `nil` where there is none or this is no object.
  package subscript(name: String) -> JSONValue? {
    members?.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The members, if this is an object.
  package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  /// The elements, if this is an array.
  package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  /// The text, if this is text.
  package var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The truth value, if this is one.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The number, if this is a whole number written as one.
  package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// Whether this is `null`.
  package var isNull: Bool { if case .null = self { true } else { false } }

  /// `text` as a JSON string, quotes and all.
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
