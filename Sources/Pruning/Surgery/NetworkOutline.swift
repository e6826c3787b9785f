import EspalierFiles
import EspalierGraph
import EspalierOperators

/// A pruned network in outline: the layers that make channels, in order, with their widths before and after, and the
/// residual connections between them.
package struct NetworkOutline: Hashable, Sendable {
  /// A layer with weights whose outputs are units of groups.
  package struct Layer: Hashable, Sendable {
    /// The layer's name, after its weights or, if a tool named these, its node.
    package let name: String
    /// The block that the layer belongs to, by its name: `layer1.0` of `layer1.0.conv1`, `features.3` of
    /// `features.3.conv.0.0`.
    package let block: String
    /// The operator.
    package let op: OperatorName
    /// The number of output channels of the dense network.
    package let width: Int
    /// The number of output channels that are kept.
    package let kept: Int
    /// The groups that the channels belong to.
    package let groups: [String]
  }

  /// An addition that joins the output of a layer with that of an earlier one.
  package struct Residual: Hashable, Sendable {
    /// The position in ``NetworkOutline/layers`` of the earlier layer.
    package let from: Int
    /// The position of the later layer, whose output is added to.
    package let to: Int
  }

  /// The layers, in the order of their nodes.
  package let layers: [Layer]
  /// The residual connections, in the order of their nodes.
  package let residuals: [Residual]

  /// The outline of `dense`, of which the selections in `result` are kept.
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  /// - Complexity: that of finding the groups (``Graph/pruningGroups()``).
  package init(of dense: Graph, keeping result: [PruningResult.Group]) throws(EspalierError) {
    let graph = try dense.preparedForPruning()
    let kept = Dictionary(result.map { ($0.group.id, $0.selection.kept) }, uniquingKeysWith: { first, _ in first })
    var parts: [String: [(layer: WeightedContraction, group: PruningGroup)]] = [:]
    for group in try graph.pruningGroups() {
      for layer in group.producers { parts[layer.product, default: []].append((layer, group)) }
    }
    var layers: [Layer] = []
    var places: [String: Int] = [:]
    for value in graph.nodes.flatMap(\.outputs) {
      guard let own = parts[value] else { continue }
      places[value] = layers.count
      layers.append(Layer(own.map(\.group), of: own[0].layer, keeping: kept))
    }
    self.layers = layers
    residuals = graph.residuals(betweenLayersAt: places)
  }
}

extension NetworkOutline.Layer {
  /// `layer`, whose outputs are units of `groups`.
  fileprivate init(_ groups: [PruningGroup], of layer: WeightedContraction, keeping kept: [String: [Int]]) {
    name = layer.identifier
    let path = Self.block(of: layer.identifier)
    // Layers that are named after their operator and numbered (`Conv.8`) tell no blocks.
    block = path == layer.op.type ? layer.identifier : path
    op = layer.op
    let elements = groups.map { (id: $0.id, units: $0.elements[layer.outputAxis] ?? []) }
    width = elements.reduce(0) { $0 + $1.units.reduce(0) { $0 + $1.count } }
    self.kept = elements.reduce(0) { sum, part in
      sum + (kept[part.id] ?? Array(part.units.indices)).reduce(0) { $0 + part.units[$1].count }
    }
    self.groups = elements.map(\.id)
  }

  /// The path of modules up to the first number; all but the last module if there is none.
  private static func block(of name: String) -> String {
    let path = name.split { $0 == "." || $0 == "/" }
    guard path.count > 1 else { return name }
    let end = path.dropLast().firstIndex { Int($0) != nil } ?? path.count - 2
    return path[...end].joined(separator: ".")
  }
}

extension Graph {
  /// The additions of computed values that come from different layers, those whose outputs have the positions `places`.
  ///
  /// A value comes from the last layer in front of it.
  fileprivate func residuals(betweenLayersAt places: [String: Int]) -> [NetworkOutline.Residual] {
    var sources: [String: Int] = [:]
    var residuals: [NetworkOutline.Residual] = []
    for node in nodes {
      let behind = node.inputs.compactMap { sources[$0] }
      if node.op == Add.name || node.op == Sum.name, let first = behind.min(), let last = behind.max(), first < last {
        residuals.append(NetworkOutline.Residual(from: first, to: last))
      }
      for output in node.outputs { sources[output] = places[output] ?? behind.max() }
    }
    return residuals
  }
}
