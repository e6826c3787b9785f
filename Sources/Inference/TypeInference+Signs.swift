import EspalierOperators
import EspalierTensors

extension TypeInference {
  /// The values that are certain to hold no negative number, whatever the inputs.
  ///
  /// - Complexity: O(nodes + elements of the constants that are read).
  package var nonnegativeValues: Set<String> {
    var values: Set<String> = []
    for (name, tensor) in constants where tensor.elementType == .float32 && tensor.count <= 1 << 16 {
      if tensor.elements(as: Float.self).allSatisfy({ $0 >= 0 }) { values.insert(name) }
    }
    for typed in nodes {
      let node = typed.node
      let isCertain =
        switch typed.op.sign {
        case .unknown: false
        case .nonnegative: true
        case .preserved:
          zip(node.inputs, typed.inputs).allSatisfy { name, type in
            type?.elementType != .float32 || values.contains(name)
          }
        }
      if isCertain { values.formUnion(node.outputs.filter { !$0.isEmpty }) }
    }
    return values
  }
}
