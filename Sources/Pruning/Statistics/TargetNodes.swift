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
      var target = reference[layer.output]
      if let branch = place.branch, inference.types[branch]?.shape == shape {
        target = builder.add(
          Subtract.name, [reference[place.value], branch], output: "\(prefix)/\(outputs.count)/target")
      }
      add(target, axis: axis, shape, reading, hidden: hidden, every: moments.step, rows: moments.empty.rows)
    }
  }

  private let prefix = "targets"

  private mutating func add(
    _ target: String, axis: Int, _ shape: Shape, _ reading: GroupReading, hidden: String, every step: Int, rows: Int
  ) {
    let prefix = "\(prefix)/\(outputs.count)"
    let count = shape[axis]
    var value = target
    if axis != shape.rank - 1 {
      let order = shape.indices.filter { $0 != axis } + [axis]
      value = builder.add(Transpose.name, [value], ["perm": ints(order)], output: "\(prefix)/channels last")
    }
    var rowCount = shape.elementCount / max(count, 1)
    if step > 1 {
      // The rows of the windows that `hidden` has.
      let positions = rowCount / max(shape[0], 1)
      let taken = Array(stride(from: 0, to: positions, by: step))
      let samples = builder.add(
        View.name, [value], ["shape": ints([shape[0], positions, count])], output: "\(prefix)/samples")
      let places = builder.store(Tensor(shape: [taken.count], taken.map(Int64.init)), as: "\(prefix)/places")
      value = builder.add(Gather.name, [samples, places], ["axis": .int(1)], output: "\(prefix)/taken")
      rowCount = shape[0] * taken.count
    }
    let matrix = builder.add(View.name, [value], ["shape": ints([rowCount, count])], output: "\(prefix)/rows")
    let squared = builder.add(Multiply.name, [matrix, matrix], output: "\(prefix)/squared")
    let row: OrderedDictionary<String, Attribute> = ["shape": ints([1, count])]
    outputs[reading] = Outputs(
      cross: builder.add(BatchedProduct.name, [matrix, hidden], ["transA": .int(1)], output: "\(prefix)/cross"),
      sum: builder.add(SumToShape.name, [matrix], row, output: "\(prefix)/sum"),
      squares: builder.add(SumToShape.name, [squared], row, output: "\(prefix)/squares"),
      empty: TargetMoments(outputs: count, rows: rows))
  }

  private func ints(_ values: some Sequence<Int>) -> Attribute { .ints(values.map(Int64.init)) }
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
