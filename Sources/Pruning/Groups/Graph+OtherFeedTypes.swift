import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// Types of the inputs with other open sizes than `types`: comparing the two shows which values depend on open sizes,
  /// and on which. Equal to `types` if no other sizes are valid, as for a network without open axes.
  ///
  /// Sizes are multiplied, since windows and strides hide small differences, and each axis by a factor of its own, so
  /// that axes of one size are told apart (plus 1, where an edge counts); where that is not valid, all are multiplied
  /// alike, or are any of a few; where axes cannot change together, as many change as can alone.
  func otherFeedTypes(than types: [String: TensorType], batch: Int) -> [String: TensorType] {
    let axes = openAxes
    guard !axes.isEmpty || feeds.contains(where: { $0.dimensions?.first.map { $0.size == nil } ?? false }) else {
      return types
    }
    func isValid(_ types: [String: TensorType]) -> Bool { (try? TypeInference(self, feeds: types)) != nil }
    let factors = Dictionary(uniqueKeysWithValues: axes.enumerated().map { ($1, $0 + 2) })
    let together =
      [types.changed(self, batch) { factors[$0]! * $1 }, types.changed(self, batch) { factors[$0]! * $1 + 1 }]
      + [3, 2].map { factor in types.changed(self, batch) { factor * $1 } }
      + ([batch] + Self.innerSizes.map { $0 + $0 / 2 } + Self.innerSizes).map { size in
        types.changed(self, batch) { _, _ in size }
      }.filter { other in
        axes.allSatisfy { axis in types.size(of: axis) != other.size(of: axis) }
      }
    if let all = together.first(where: { $0 != types && isValid($0) }) { return all }
    var result = types.changed(self, batch) { $1 }
    if !isValid(result) { result = types }
    for axis in axes {
      let changes: [(Int) -> Int] = [{ 3 * $0 }, { 2 * $0 }, { $0 + $0 / 2 }, { $0 + 1 }, { $0 / 2 }]
      let own = result
      let trials = changes.map { change in own.changed(self, nil) { $0 == axis ? max(1, change($1)) : $1 } }
      result = trials.first { $0 != own && isValid($0) } ?? own
    }
    return result
  }

  /// The open axes but those of the batch: each with the others whose size has the same name.
  fileprivate var openAxes: [OpenAxis] {
    let batchNames = batchNames
    var axes: [OpenAxis] = []
    for feed in feeds {
      for (axis, dimension) in (feed.dimensions ?? []).enumerated().dropFirst() where dimension.size == nil {
        guard !batchNames.contains(dimension.description) else { continue }
        if dimension.isNamed, let place = axes.firstIndex(where: { $0.name == dimension.description }) {
          axes[place].places.append(.init(feed: feed.name, axis: axis))
        } else {
          axes.append(
            OpenAxis(
              name: dimension.isNamed ? dimension.description : nil, places: [.init(feed: feed.name, axis: axis)]))
        }
      }
    }
    return axes
  }
}

/// An axis of inputs whose size the file leaves open.
private struct OpenAxis: Hashable {
  struct Place: Hashable {
    let feed: String
    let axis: Int
  }

  /// The name of the size; `nil` for one without.
  let name: String?
  /// The places of the axis.
  var places: [Place]
}

extension [String: TensorType] {
  /// The size of an axis.
  fileprivate func size(of axis: OpenAxis) -> Int? { self[axis.places[0].feed]?.shape[axis.places[0].axis] }

  /// The same types with open axes of other sizes, and another batch.
  fileprivate func changed(
    _ graph: Graph, _ batch: Int?, _ change: (_ axis: OpenAxis, _ size: Int) -> Int
  ) -> [String: TensorType] {
    let (axes, batchNames) = (graph.openAxes, graph.batchNames)
    var types = self
    for feed in graph.feeds {
      guard let type = types[feed.name], let dimensions = feed.dimensions else { continue }
      var sizes = type.shape.sizes
      for (axis, dimension) in dimensions.enumerated() where dimension.size == nil && axis < sizes.count {
        if axis == 0 || batchNames.contains(dimension.description) {
          sizes[axis] = batch ?? sizes[axis]
        } else if let open = axes.first(where: { $0.places.contains(.init(feed: feed.name, axis: axis)) }) {
          sizes[axis] = change(open, sizes[axis])
        }
      }
      types[feed.name] = TensorType(Shape(sizes), type.elementType)
    }
    return types
  }
}
