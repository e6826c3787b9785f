import EspalierFiles

/// The origin of a state: checksums of the networks and data of its job, and the job's settings. Only a job of equal
/// origin can be continued from the state.
package struct StateOrigin: Hashable, Sendable, Codable {
  /// Checksums of the sources, by their name in messages: "network".
  package let sources: [String: UInt32]
  /// Settings in words, by name.
  package let settings: [String: String]

  /// An origin.
  package init(sources: [String: UInt32], settings: [String: String]) {
    self.sources = sources
    self.settings = settings
  }

  /// Throws `EspalierError` unless this origin, of the state called `subject`, equals that of `job`.
  package func check(against job: StateOrigin, _ subject: String) throws(EspalierError) {
    for name in Set(sources.keys).union(job.sources.keys).sorted() where sources[name] != job.sources[name] {
      throw EspalierError(
        .argument,
        subject, "belongs to another \(name)", remedy: "continue it with the \(name) it was made with, or begin anew")
    }
    for name in Set(settings.keys).union(job.settings.keys).sorted() where settings[name] != job.settings[name] {
      let (was, now) = (settings[name] ?? "nothing", job.settings[name] ?? "nothing")
      throw EspalierError(
        .argument,
        subject, "was made with \(name) \(was), and \(now) is asked for",
        remedy: "continue it with the options it was made with, or begin anew")
    }
  }
}

extension StateOrigin {
  /// The stored properties of a value in words, by name, so that none is forgotten.
  package static func settings(of value: Any, except omitted: Set<String> = []) -> [String: String] {
    let properties = Mirror(reflecting: value).children.compactMap { child in
      child.label.map { ($0, words(for: child.value)) }
    }
    return Dictionary(properties.filter { !omitted.contains($0.0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A value in words that depend only on the value: members of sets and dictionaries are sorted.
  private static func words(for value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else { return "\(value)" }
    let parts = mirror.children.map { child in (child.label.map { "\($0): " } ?? "") + words(for: child.value) }
    switch mirror.displayStyle {
    case .optional: return parts[0].replacing("some: ", with: "", maxReplacements: 1)
    case .set, .dictionary: return "[\(parts.sorted().joined(separator: ", "))]"
    case .collection: return "[\(parts.joined(separator: ", "))]"
    case .tuple: return "(\(parts.joined(separator: ", ")))"
    case .enum: return parts.joined()
    default: return "\(type(of: value))(\(parts.joined(separator: ", ")))"
    }
  }
}
