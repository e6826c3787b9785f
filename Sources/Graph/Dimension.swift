/// The declared size of one axis of a graph's value.
public enum Dimension: Hashable, Sendable, CustomStringConvertible {
  /// A size that is known.
  case fixed(Int)
  /// A size that is the same wherever the name stands, such as `batch`.
  case symbolic(String)
  /// A size nothing is said about.
  case unknown

  /// The size, where it is known.
  public var size: Int? {
    if case .fixed(let size) = self { size } else { nil }
  }

  /// The size, the name, or `?`.
  public var description: String {
    switch self {
    case .fixed(let size): String(size)
    case .symbolic(let name): name
    case .unknown: "?"
    }
  }
}
