import Graph

extension Graph {
  /// The floating point constants that are parameters: all but those that nodes read as statistics of data.
  public var parameters: [String] {
    var statistics: Set<String> = []
    for node in nodes {
      guard let positions = OperatorRegistry.find(node.op)?.statisticInputs else { continue }
      for position in positions where position < node.inputs.count { statistics.insert(node.inputs[position]) }
    }
    return constants.filter { $0.value.elementType.isFloatingPoint && !statistics.contains($0.key) }.map(\.key)
  }
}
