import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network with all parameters of the units of `group` that are not in `kept` set to zero.
  ///
  /// Masking removes dropped units from the inputs of later layers; this removes them from the outputs of the layers
  /// that produce them, so that a layer of another group need not reproduce them: through additions, a layer inside a
  /// block produces channels of the stream around it. Complexity: the bytes of the parameters that change.
  func silencing(_ group: PruningGroup, keeping kept: [Int]) -> Graph {
    let isKept = Set(kept)
    let dropped = (0..<group.size).filter { !isKept.contains($0) }
    guard !dropped.isEmpty else { return self }
    // A variance of zero could divide by zero; with a scale of zero it has no effect.
    let variances = Set(nodes.filter { $0.op == BatchNormalization.name }.compactMap { $0.inputs.dropFirst(4).first })
    var result = self
    for (axis, units) in group.elements where !variances.contains(axis.value) {
      guard var tensor = result.constants[axis.value], tensor.elementType == .float32 else { continue }
      let size = tensor.shape[axis.axis]
      let inner = tensor.shape[(axis.axis + 1)...].reduce(1, *)
      result.constants[axis.value] = nil
      tensor.withMutableElements(as: Float.self) { elements in
        for index in dropped.flatMap({ units[$0] }) {
          for start in stride(from: index * inner, to: elements.count, by: size * inner) {
            for i in start..<start + inner { elements[i] = 0 }
          }
        }
      }
      result.constants[axis.value] = tensor
    }
    return result
  }
}
