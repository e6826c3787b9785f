/// A piece of HTML that is also well-formed XML; plain text is always escaped.
struct Markup: Hashable, Sendable {
  /// The markup itself.
  private(set) var string: String

  /// Escaped text.
  init(_ text: String) {
    string = Self.escaped(text)
  }

  /// Markup known to be well formed.
  init(raw: String) {
    string = raw
  }

  /// The concatenation of `pieces`.
  init(_ pieces: [Markup]) {
    string = pieces.map(\.string).joined()
  }

  /// An element; attributes that are `nil` are omitted, and an element without content is self-closing.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: [Markup] = []
  ) -> Markup {
    var text = "<" + name
    for (key, value) in attributes {
      if let value { text += " \(key)=\"\(escaped(value))\"" }
    }
    let inner = content.map(\.string).joined()
    let isVoid = inner.isEmpty && selfClosing.contains(name)
    return Markup(raw: text + (isVoid ? "/>" : ">\(inner)</\(name)>"))
  }

  /// An element that contains only text.
  static func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) -> Markup {
    element(name, attributes, [Markup(text)])
  }

  /// The void elements of HTML, and elements of SVG that are empty here.
  private static let selfClosing: Set<String> = ["meta", "path", "line", "rect"]

  /// Text with markup characters escaped; characters that XML forbids become U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
