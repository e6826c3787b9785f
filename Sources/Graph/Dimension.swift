/// The declared size of one axis of a graph's value.
package enum Dimension: Hashable, Sendable, CustomStringConvertible {
  /// A size that is known.
  case fixed(Int)
  /// A size that is the same wherever its name is used, such as `batch`.
  case symbolic(String)
  /// An undeclared size.
  case unknown

  /// The size, if it is known.
  package var size: Int? {
    if case .fixed(let size) = self { size } else { nil }
  }

  /// Whether the size has a name.
  package var isNamed: Bool {
    if case .symbolic = self { true } else { false }
  }

  /// The size, the name, or `?`.
  package var description: String {
    switch self {
    case .fixed(let size): String(size)
    case .symbolic(let name): name
    case .unknown: "?"
    }
  }
}
