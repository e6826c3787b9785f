import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// A new, smaller graph with only the units in `selection` of each group, on all axes of the group.
  ///
  /// Kept elements are preserved to the byte; with everything kept, so is the whole graph. Sizes and positions that
  /// nodes repeat (the shape of a `Reshape`, the sizes of a `Split`) are rewritten.
  ///
  /// - Throws: `EspalierError` if the result is inconsistent, which the groups' rules should exclude.
  /// - Complexity: the bytes of the parameters that change.
  package func pruning(_ groups: [PruningGroup], keeping selection: [String: [Int]]) throws(EspalierError) -> Graph {
    let removed = groups.elementsDropped(keeping: selection)
    guard !removed.isEmpty else { return self }
    let feeds = try feedTypes(batch: 2)
    let types = try TypeInference(self, feeds: feeds).types
    var result = self
    var kept: [ValueAxis: [Int]] = [:]
    for (axis, indices) in removed.sorted(by: { $0.key < $1.key }) {
      let left = (0..<types[axis.value]!.shape[axis.axis] * axis.blocks).filter { !indices.contains($0) }
      kept[axis] = left
      if let tensor = result.constants[axis.value] {
        result.constants[axis.value] = tensor.taking(left, along: axis.axis, blocks: axis.blocks)
        result.decoders[axis.value] = result.decoders[axis.value].flatMap {
          result.shortening($0, to: left, along: axis.axis, blocks: axis.blocks)
        }
      }
      result.shrinkDeclarations(of: axis, by: indices.count)
    }
    return try result.resizingNodes(
      feeds: feeds, from: self, denseFeeds: feeds, variants: otherFeedTypes(than: feeds, batch: 3)
    ) { kept[ValueAxis($0, $1)] }
  }

  private mutating func shrinkDeclarations(of axis: ValueAxis, by count: Int) {
    func shrunk(_ declaration: ValueInfo) -> ValueInfo {
      var declaration = declaration
      if declaration.name == axis.value, case .fixed(let size)? = declaration.dimensions?[axis.axis] {
        declaration.dimensions?[axis.axis] = .fixed(size - count / axis.blocks)
      }
      return declaration
    }
    intermediates = intermediates.map(shrunk)
    inputs = inputs.map(shrunk)
  }
}
