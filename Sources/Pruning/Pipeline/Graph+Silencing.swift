import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same network in which everything that is stored for the units of `group` that are not `kept` is zero.
  ///
  /// Masking says what later layers read of a pruned group; this says that nothing is made of it, and that nothing is to be reproduced
  /// of it, where a layer of another group makes the dropped units: through additions, a layer inside of a block makes channels of
  /// the stream around it. Complexity: the bytes of the parameters that change.
  func silencing(_ group: PruningGroup, keeping kept: [Int]) -> Graph {
    let isKept = Set(kept)
    let dropped = (0..<group.size).filter { !isKept.contains($0) }
    guard !dropped.isEmpty else { return self }
    // A variance of zero could divide by zero; with a scale of zero it plays no part.
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
