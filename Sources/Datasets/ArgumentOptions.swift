import EspalierFiles
import EspalierImages

/// The options at the end of an argument, `key=value` after commas: `DIR,size=32,mean=0.5`.
struct ArgumentOptions {
  /// The whole argument, for messages.
  let argument: String
  /// The part before the options.
  let subject: String
  private let options: [(key: String, value: String)]

  /// Splits `argument`, without its `prefix` if it has one.
  init(_ argument: String, prefix: String = "") {
    let text = argument.hasPrefix(prefix) ? String(argument.dropFirst(prefix.count)) : argument
    var parts = text.split(separator: ",", omittingEmptySubsequences: false)
    var options: [(key: String, value: String)] = []
    while parts.count > 1, let last = parts.last, let sign = last.firstIndex(of: "=") {
      options.insert((String(last[..<sign]), String(last[last.index(after: sign)...])), at: 0)
      parts.removeLast()
    }
    self.argument = argument
    self.options = options
    subject = parts.joined(separator: ",")
  }

  /// Whether there are no options.
  var isEmpty: Bool { options.isEmpty }

  /// Throws `EspalierError` if a key is not `known`; `form` is the syntax of the argument.
  func check(_ known: Set<String>, form: String) throws(EspalierError) {
    if let stranger = options.first(where: { !known.contains($0.key) }) {
      throw EspalierError(.argument, argument, "has an unknown option \(stranger.key)", remedy: "write \(form)")
    }
  }

  /// The value of `key`, parsed by `read`; `nil` if there is none. The last of several counts.
  ///
  /// - Throws: `EspalierError` if `read` returns `nil`; `wanted` describes the valid values.
  func value<Value>(_ key: String, _ wanted: String, _ read: (String) -> Value?) throws(EspalierError) -> Value? {
    guard let value = options.last(where: { $0.key == key })?.value else { return nil }
    guard let result = read(value) else {
      throw EspalierError(.argument, argument, "says \(key)=\(value), and \(key) is \(wanted)")
    }
    return result
  }

  /// A number of pixels.
  func pixels(_ key: String) throws(EspalierError) -> Int? {
    try value(key, "a number of pixels of 1 to 8192") { text in Int(text).flatMap { 1...8192 ~= $0 ? $0 : nil } }
  }

  /// The position of the channels; `nil` if not given.
  func layout() throws(EspalierError) -> ImageLayout? {
    try value("layout", "nchw (channels first) or nhwc (channels last)", ImageLayout.init(rawValue:))
  }

  /// `mean` and `std`, each three numbers or one for all three channels; missing ones are those of `standard`.
  func normalization(standard: Normalization) throws(EspalierError) -> Normalization {
    Normalization(
      mean: try value("mean", "one number, or three with : between them", Self.channels) ?? standard.mean,
      deviation: try value("std", "one positive number, or three with : between them") { text in
        Self.channels(text).flatMap { $0.allSatisfy { $0 > 0 } ? $0 : nil }
      } ?? standard.deviation)
  }

  private static func channels(_ text: String) -> [Float]? {
    let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Float($0) ?? .nan }
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    return numbers.count == 3 ? numbers : numbers.count == 1 ? Array(repeating: numbers[0], count: 3) : nil
  }
}
