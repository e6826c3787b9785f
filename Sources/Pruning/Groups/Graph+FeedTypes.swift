import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The types of the inputs with open axes given sizes: the first axis `batch`, and inner axes the smallest of a few
  /// sizes for which all shapes can be inferred, since windows and strides need room.
  ///
  /// - Throws: `EspalierError` for an input whose rank or element type the file leaves open.
  /// - Complexity: one type inference for each size tried, none if only the first axis is open.
  package func feedTypes(batch: Int) throws(EspalierError) -> [String: TensorType] {
    try feedTypes(batch: batch, shapes: [:])
  }

  /// The same for inputs of which some have `shapes` that are asked for, by name.
  ///
  /// Where no size fits, the result is the one with which most nodes do, so that the error names the node at fault.
  ///
  /// - Throws: `EspalierError`, too, if an input cannot have the shape that is asked for.
  package func feedTypes(batch: Int, shapes: [String: Shape]) throws(EspalierError) -> [String: TensorType] {
    let asked = try askedTypes(shapes)
    let isInnerKnown = feeds.allSatisfy {
      asked[$0.name] != nil || $0.dimensions?.dropFirst().allSatisfy { $0.size != nil } ?? true
    }
    let size = isInnerKnown ? batch : try innerSize(batch: batch, asked)
    return try feedTypes(batch: batch, inner: size).merging(asked) { $1 }
  }

  /// The inputs with inner sizes that neither the file nor `shapes` says, and the size that is taken for them in costs
  /// of one sample; `nil` if there are none.
  ///
  /// - Throws: `EspalierError` as ``feedTypes(batch:shapes:)`` does.
  package func openSize(besides shapes: [String: Shape]) throws(EspalierError) -> (inputs: [String], size: Int)? {
    let batchNames = batchNames
    let open = feeds.filter { feed in
      shapes[feed.name] == nil
        && feed.dimensions?.dropFirst().contains { $0.size == nil && !batchNames.contains($0.description) } ?? false
    }
    guard !open.isEmpty else { return nil }
    return (open.map(\.name), try innerSize(batch: 1, askedTypes(shapes)))
  }

  /// The inner size, of a few, with which all shapes can be inferred, or else most.
  private func innerSize(batch: Int, _ asked: [String: TensorType]) throws(EspalierError) -> Int {
    let candidates = try ([batch] + Self.innerSizes).map { (size) throws(EspalierError) in
      (size: size, types: try feedTypes(batch: batch, inner: size).merging(asked) { $1 })
    }
    if let fitting = candidates.first(where: { (try? TypeInference(self, feeds: $0.types)) != nil }) {
      return fitting.size
    }
    let reached = candidates.map { TypeInference.nodesThatFit(self, feeds: $0.types) }
    return zip(candidates, reached).max { $0.1 < $1.1 }?.0.size ?? batch
  }

  /// The names of first axes, which the file may give other axes too.
  var batchNames: Set<String> {
    Set(feeds.compactMap { $0.dimensions?.first }.filter(\.isNamed).map(\.description))
  }

  /// The types of inputs with shapes that are asked for.
  private func askedTypes(_ shapes: [String: Shape]) throws(EspalierError) -> [String: TensorType] {
    var types: [String: TensorType] = [:]
    for feed in feeds {
      guard let shape = shapes[feed.name] else { continue }
      guard let elementType = feed.elementType else {
        throw EspalierError(
          .model, "input \"\(feed.name)\"", "has no declared type", remedy: "run shape inference when exporting")
      }
      let declared = feed.dimensions
      guard declared.map({ $0.count == shape.rank && zip($0, shape).allSatisfy { $0.size ?? $1 == $1 } }) ?? true else {
        throw EspalierError(
          .argument, "input \"\(feed.name)\"",
          "cannot be \(shape): the file says \((declared ?? []).map(\.description).joined(separator: " x "))")
      }
      types[feed.name] = TensorType(shape, elementType)
    }
    return types
  }

  /// A few sizes, up to that of an ordinary image.
  static let innerSizes = [16, 64, 224, 640]

  /// Types of the inputs for a network of which not all nodes can be followed: pairs of different batches, then a batch
  /// of 1, each with a few inner sizes.
  var trialTypes: [[[String: TensorType]]] {
    [[2, 3], [1]].flatMap { batches in
      ([2] + Self.innerSizes).map { inner in batches.compactMap { try? feedTypes(batch: $0, inner: inner) } }
    }
  }

  /// The types of the inputs with the first axis `batch`, as other axes whose size has the same name, and every other
  /// open axis `inner`, such as the length of a sequence.
  ///
  /// - Throws: `EspalierError` as ``feedTypes(batch:)`` does.
  package func feedTypes(batch: Int, inner: Int) throws(EspalierError) -> [String: TensorType] {
    var types: [String: TensorType] = [:]
    let batchNames = batchNames
    for feed in feeds {
      guard let dimensions = feed.dimensions, let elementType = feed.elementType else {
        throw EspalierError(
          .model, "input \"\(feed.name)\"", "has no declared shape", remedy: "run shape inference when exporting")
      }
      let sizes = dimensions.enumerated().map { axis, dimension in
        dimension.size ?? (axis == 0 || batchNames.contains(dimension.description) ? batch : inner)
      }
      types[feed.name] = TensorType(Shape(sizes), elementType)
    }
    return types
  }
}
