import EspalierGraph
import EspalierOperators

/// The mark on a node of real numbers that stands for one of whole numbers: the operator that the file has, and the
/// names of what is written out, by which it is put together again.
struct WrittenOutMark {
  /// The operator of whole numbers.
  let op: OperatorName
  /// The names of nodes and values that a pattern of several nodes had; of an operator of one node, that of its result
  /// before it is quantised, if it is.
  let names: [String]

  private static let attribute = "espalier.written out"

  /// A mark of `op`.
  init(_ op: OperatorName, names: [String] = []) { (self.op, self.names) = (op, names) }

  /// The mark on `node`; `nil` if it has none.
  init?(on node: Node) {
    guard case .strings(let parts)? = node.attributes[Self.attribute], parts.count > 1 else { return nil }
    self.init(OperatorName(parts[1], domain: parts[0]), names: Array(parts.dropFirst(2)))
  }

  /// `node` with this mark.
  func mark(_ node: Node) -> Node {
    var node = node
    node.attributes[Self.attribute] = .strings([op.domain, op.type] + names)
    return node
  }

  /// `node` without a mark.
  static func unmark(_ node: Node) -> Node {
    var node = node
    node.attributes[attribute] = nil
    return node
  }
}

extension Graph {
  /// The names of stored weights that the file multiplies as whole numbers: exactly these can be written again.
  package var weightsOfWholeNumbers: Set<String> {
    Set(nodes.filter { WrittenOutMark(on: $0) != nil }.flatMap(\.inputs).filter { constants[$0] != nil })
  }
}
