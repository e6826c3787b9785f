import EspalierFiles
import EspalierGraph
import EspalierOperators

/// What a user says of operators that the project does not know, as a file states it:
///
///     {"com.acme::Activation": "elementwise", "com.acme::Mixer": "mixes axis 1", "com.acme::Relu": "like Relu"}
package struct OperatorRules: Sendable {
  private let rules: [OperatorName: OperatorRule]

  /// These rules.
  package init(_ rules: [OperatorName: OperatorRule]) {
    self.rules = rules
  }

  /// The rules in the file at `path`.
  ///
  /// - Throws: `EspalierError` if it cannot be read, is not such a file, or speaks of operators that are known.
  package init(readingFrom path: String) throws(EspalierError) {
    let document = try JSONValue(parsing: try FileContents.read(path), subject: path)
    guard let members = document.members, !members.isEmpty else {
      throw EspalierError(
        .argument, path, "holds no rules",
        remedy: "write an object such as {\"com.acme::Activation\": \"elementwise\"}")
    }
    var rules: [OperatorName: OperatorRule] = [:]
    for member in members {
      let (name, subject) = (OperatorName(parsing: member.name), "\(path), operator \"\(member.name)\"")
      guard let rule = OperatorRule(member.value) else {
        throw EspalierError(.argument, subject, "is given no rule that is known", remedy: Self.forms)
      }
      guard OperatorRegistry.find(name) == nil else {
        throw EspalierError(
          .argument, subject, "has a meaning here already", remedy: "leave it out; rules are for unknown operators")
      }
      if case .like(let other) = rule, OperatorRegistry.find(other) == nil {
        throw EspalierError(
          .argument, subject, "is to be like \(other), which is not known itself",
          remedy: "name an operator of docs/operators.md")
      }
      guard rules.updateValue(rule, forKey: name) == nil else {
        throw EspalierError(.argument, subject, "is given two rules", remedy: "leave out one of them")
      }
    }
    self.rules = rules
  }

  private static let forms = """
    write "elementwise", "same", "mixes axis 1", "mixes axes 2, 3", "like Relu", or an object with "mixes" (a list of \
    axes) and "vectors" (the axis that inputs of one axis belong to)
    """

  /// The rule of an operator.
  subscript(op: OperatorName) -> OperatorRule? { rules[op] }

  /// The operators that no node of `graph` has.
  package func unused(in graph: Graph) -> [OperatorName] {
    let present = Set(graph.nodes.map(\.op))
    return rules.keys.filter { !present.contains($0) }.sorted { $0.description < $1.description }
  }
}
