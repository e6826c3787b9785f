import EspalierFiles
import EspalierGraph
import EspalierOperators

/// What a user says of an operator that the project does not know.
package enum OperatorRule: Hashable, Sendable {
  /// It does this to the axes of its first input.
  case axes(AxisStatement)
  /// It computes what this operator computes, with the same inputs and attributes.
  case like(OperatorName)

  /// A rule in words: `elementwise`, `same`, `mixes axis 1`, `mixes axes 2, 3` or `like Relu`. `nil` for other words.
  package init?(_ words: String) {
    let parts = words.split { $0 == " " || $0 == "," }.map(String.init)
    switch (parts.first, parts.count) {
    case ("elementwise", 1): self = .axes(AxisStatement())
    case ("same", 1): self = .axes(AxisStatement(isIdentity: true))
    case ("like", 2): self = .like(OperatorName(parsing: parts[1]))
    case ("mixes", 3...):
      let axes = parts.dropFirst(2).filter { $0 != "and" }.map(Int.init)
      guard ["axis", "axes"].contains(parts[1]), !axes.isEmpty, axes.allSatisfy({ $0 != nil }) else { return nil }
      self = .axes(AxisStatement(mixing: axes.compactMap(\.self)))
    default: return nil
    }
  }

  /// The rule as `value` states it: in words, or as an object with the members `mixes`, a list of axes, and `vectors`,
  /// the axis that inputs of one axis belong to. `nil` for anything else.
  init?(_ value: JSONValue) {
    if let words = value.string {
      self.init(words)
      return
    }
    guard let members = value.members, !members.isEmpty,
      members.allSatisfy({ ["mixes", "vectors"].contains($0.name) })
    else { return nil }
    var statement = AxisStatement()
    if let mixes = value["mixes"] {
      guard let axes = mixes.elements?.map(\.integer), axes.allSatisfy({ $0 != nil }) else { return nil }
      statement.mixedAxes = axes.compactMap(\.self)
    }
    if let vectors = value["vectors"] {
      guard let axis = vectors.integer else { return nil }
      statement.vectorAxis = axis
    }
    self = .axes(statement)
  }
}

extension OperatorName {
  /// The operator that is written `Gemm` or `domain::Gemm`.
  init(parsing text: String) {
    let parts = text.split(separator: "::", maxSplits: 1).map(String.init)
    self = parts.count == 2 ? OperatorName(parts[1], domain: parts[0]) : OperatorName(text)
  }
}
