import EspalierGraph

extension WeightedContraction {
  /// The identifier of a group produced by this layer, and the layer's name for people: that of the module that its
  /// weights or bias are called after, or the node's name if a tool generated both.
  var identifier: String {
    ParameterName.module(ofWeights: weight.value) ?? bias.flatMap(ParameterName.module(ofBias:)) ?? modulePath
  }

  /// The node's name as a path of modules: PyTorch's `/layer1/layer1.0/conv1/Conv` is `layer1.0.conv1`.
  private var modulePath: String {
    var parts = label.split(separator: "/").map(String.init)
    // The last component is the operator, numbered if a module has several.
    if parts.count > 1, parts[parts.count - 1].split(separator: "_").first.map(String.init) == op.type {
      parts.removeLast()
    }
    var path: [String] = []
    for part in parts {
      if let last = path.last, part.hasPrefix(last + ".") { path.removeLast() }
      path.append(part)
    }
    return path.isEmpty ? label : path.joined(separator: ".")
  }
}

extension [PruningGroup] {
  /// The same groups, with repeated identifiers numbered: `conv`, `conv#2`, `conv#3`.
  func withDistinctIdentifiers() -> [PruningGroup] {
    var taken: Set<String> = []
    return map { group in
      var (id, number) = (group.id, 1)
      while !taken.insert(id).inserted {
        number += 1
        id = "\(group.id)#\(number)"
      }
      return group.renamed(id)
    }
  }
}
