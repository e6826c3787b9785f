import EspalierFiles

/// An argument `VALUE`, or `NAME=VALUE` for one of several values of a network.
struct NamedValue {
  /// The name in front of an equals sign, if it is one of those asked for. Names may themselves hold equals signs: the
  /// longest that fits is meant.
  let name: String?
  /// The argument without its name.
  let value: String

  /// Reads `argument`, whose name is one of `names` if it has one.
  init(_ argument: String, among names: [String]) {
    name = names.filter { argument.hasPrefix("\($0)=") }.max { $0.count < $1.count }
    value = name.map { String(argument.dropFirst($0.count + 1)) } ?? argument
  }

  /// The value of each of `names`: by the name in front of an equals sign, or else in order.
  ///
  /// - Parameters:
  ///   - given: Those of `names` that have a value already.
  ///   - kind: The kind of values, for messages: `input`, `output`.
  ///   - path: The network's file.
  /// - Throws: `EspalierError` if there are more values than names, or two for one name.
  static func assign(
    _ arguments: [String], to names: [String], given: Set<String> = [], kind: String, of path: String
  ) throws(EspalierError) -> [String: String] {
    var values: [String: String] = [:]
    var open = names.filter { !given.contains($0) }
    for argument in arguments {
      let named = NamedValue(argument, among: names)
      guard let name = named.name ?? open.first else {
        throw EspalierError(
          .argument, "\(path), \(kind) \"\(argument)\"", "is one more than the network has",
          remedy: "its \(kind)s are: \(names.listed())")
      }
      guard open.contains(name) else {
        throw EspalierError(
          .argument, "\(path), \(kind) \"\(name)\"", "is given twice", remedy: "leave out one of them")
      }
      values[name] = named.value
      open.removeAll { $0 == name }
    }
    return values
  }
}
