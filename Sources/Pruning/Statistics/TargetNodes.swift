import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierLinearAlgebra
import EspalierOperators
import EspalierTensors
import OrderedCollections

/// The nodes that compute, over one batch, the moments of the dense network's value at the place of each layer.
///
/// The place is the layer's output or, where an addition of another branch alone reads it, the sum: the layer then
/// makes good what that branch has lost as well. With D the dense network's value there and R' the pruned network's
/// other branch, the layer is to output `T = D - R'`.
struct TargetNodes {
  /// The names of the sums for one layer.
  struct Outputs {
    var cross, sum, squares: String
    var empty: TargetMoments

    var names: [String] { [cross, sum, squares] }
  }

  private var builder: GraphBuilder
  private(set) var outputs: [GroupReading: Outputs] = [:]

  /// The nodes and their stored tensors.
  var added: Graph { builder.graph }

  /// The nodes for those of `readings` whose outputs can be compared.
  ///
  /// - Parameters:
  ///   - graph: The network as pruned so far.
  ///   - reference: The dense network beside it.
  ///   - statistics: The statistics of the layers' inputs.
  ///   - inference: The types of `graph` for the batch.
  init(
    of readings: [GroupReading], in graph: Graph, _ reference: ReferenceNetwork, _ statistics: StatisticsNodes,
    _ inference: TypeInference
  ) {
    builder = GraphBuilder(beside: graph)
    let readers = graph.consumers()
    for reading in readings {
      let layer = reading.layer
      guard let point = statistics.points[reading], let moments = statistics.outputs[point],
        let hidden = moments.hidden, let shape = inference.types[layer.output]?.shape,
        let axis = layer.outputPosition(in: graph, windows: point.windows, shape)
      else { continue }
      let place = TargetPlace(of: layer.output, in: graph, readers)
      let branch = place.branch.flatMap { inference.types[$0]?.shape == shape ? $0 : nil }
      let target = Target(
        dense: reference[branch == nil ? layer.output : place.value], branch: branch, shape: shape, axis: axis,
        windows: point.windows, step: moments.step)
      add(target, reading, hidden: hidden, rows: moments.empty.rows)
    }
  }

  /// What a layer is to output: the dense network's value, less that of the other branch.
  private struct Target {
    var dense: String
    var branch: String?
    /// The shape of both.
    var shape: Shape
    /// The axis of the outputs.
    var axis: Int
    /// The windows of a convolution, and the distance of those that count.
    var windows: Windows?
    var step: Int
  }

  private let prefix = "targets"

  private mutating func add(_ target: Target, _ reading: GroupReading, hidden: String, rows: Int) {
    let prefix = "\(prefix)/\(outputs.count)"
    var matrix = self.matrix(target.dense, target, "\(prefix)/dense")
    if let branch = target.branch {
      matrix = builder.add(
        Subtract.name, [matrix, self.matrix(branch, target, "\(prefix)/branch")], output: "\(prefix)/target")
    }
    let count = target.shape[target.axis]
    let squared = builder.add(Multiply.name, [matrix, matrix], output: "\(prefix)/squared")
    let row: OrderedDictionary<String, Attribute> = ["shape": ints([1, count])]
    outputs[reading] = Outputs(
      cross: builder.add(BatchedProduct.name, [matrix, hidden], ["transA": .int(1)], output: "\(prefix)/cross"),
      sum: builder.add(SumToShape.name, [matrix], row, output: "\(prefix)/sum"),
      squares: builder.add(SumToShape.name, [squared], row, output: "\(prefix)/squares"),
      empty: TargetMoments(outputs: count, rows: rows))
  }

  /// A value of the target's shape as rows x outputs, the rows those that `hidden` has.
  private mutating func matrix(_ value: String, _ target: Target, _ name: String) -> String {
    if let windows = target.windows {
      return builder.add(
        Unfold.name, [value],
        .init(uniqueKeysWithValues: Unfold.attributes(windows.places, every: target.step)), output: "\(name) rows")
    }
    let (shape, count) = (target.shape, target.shape[target.axis])
    return builder.add(
      View.name, [value], ["shape": ints([shape.elementCount / max(count, 1), count])], output: "\(name) rows")
  }

  private func ints(_ values: some Sequence<Int>) -> Attribute { .ints(values.map(Int64.init)) }
}

extension Windows {
  /// The windows of one output each over the outputs of these.
  fileprivate var places: Windows {
    var result = self
    for axis in axes.indices {
      let count = axes[axis].count
      (result.axes[axis].size, result.axes[axis].kernel, result.axes[axis].count) = (count, 1, count)
      (result.axes[axis].stride, result.axes[axis].dilation) = (1, 1)
      (result.axes[axis].before, result.axes[axis].after) = (0, 0)
    }
    return result
  }
}

extension WeightedContraction {
  /// The axis of the layer's output, of `shape`, that its outputs lie along; `nil` where outputs do not stand in the
  /// order of the columns of H, as those of a transposed convolution.
  fileprivate func outputPosition(in graph: Graph, windows: Windows?, _ shape: Shape) -> Int? {
    guard let weight = graph.constants[self.weight.value] else { return nil }
    let count = weight.shape[outputAxis.axis]
    if windows != nil { return self.weight.axis == 1 && shape.rank > 1 && shape[1] == count ? 1 : nil }
    guard activation.axis == activationRank - 1, shape.rank == activationRank, shape.last == count else { return nil }
    return shape.rank - 1
  }
}
