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

  /// Whether `key` is given.
  func has(_ key: String) -> Bool { options.contains { $0.key == key } }

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

  /// The longest side of an image that a network is fed.
  static let mostPixels = 8192

  /// A number of pixels.
  func pixels(_ key: String) throws(EspalierError) -> Int? {
    try value(key, "a number of pixels of 1 to \(Self.mostPixels)", Self.side)
  }

  /// Rows and columns: one number for both, or `ROWSxCOLUMNS`.
  func size() throws(EspalierError) -> PixelSize? {
    try value("size", "a number of pixels of 1 to \(Self.mostPixels), or rows x columns, as in 48x192") { text in
      let sides = text.split(separator: "x", omittingEmptySubsequences: false).compactMap { Self.side(String($0)) }
      guard let rows = sides.first, let columns = sides.last, sides.count == text.count(where: { $0 == "x" }) + 1,
        sides.count <= 2
      else { return nil }
      return PixelSize(width: columns, height: rows)
    }
  }

  private static func side(_ text: String) -> Int? { Int(text).flatMap { 1...mostPixels ~= $0 ? $0 : nil } }

  /// The position of the channels; `nil` if not given.
  func layout() throws(EspalierError) -> ImageLayout? {
    try value("layout", "nchw (channels first) or nhwc (channels last)", ImageLayout.init(rawValue:))
  }

  /// The options of ``normalization(standard:)``.
  static let normalizationKeys: Set<String> = ["scale", "mean", "std"]

  /// `scale`, `mean` and `std`; missing ones are those of `standard`.
  ///
  /// `mean` and `std` are three numbers in the order of the channels of `standard`, or one for all three. They are in
  /// the units of `scale`: where that is given, missing ones are 0 and 1.
  func normalization(standard: Normalization) throws(EspalierError) -> Normalization {
    let scale = try value("scale", "a positive number: 255 for levels of 0 to 255") { text in
      Float(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    }
    var result = standard
    if let scale {
      result = Normalization(scale: scale, mean: [0, 0, 0], deviation: [1, 1, 1], format: standard.format)
    }
    if let mean = try value("mean", "one number, or three with : between them", Self.channels) {
      result.mean = standard.format.byColor(mean)
    }
    let deviation = try value("std", "one positive number, or three with : between them") { text in
      Self.channels(text).flatMap { $0.allSatisfy { $0 > 0 } ? $0 : nil }
    }
    if let deviation { result.deviation = standard.format.byColor(deviation) }
    return result
  }

  private static func channels(_ text: String) -> [Float]? {
    let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Float($0) ?? .nan }
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    return numbers.count == 3 ? numbers : numbers.count == 1 ? Array(repeating: numbers[0], count: 3) : nil
  }
}
