import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// The layers, costs and pruning groups of a network.
package struct Inspection: Sendable {
  /// One node.
  package struct Layer: Sendable {
    /// The node's name.
    package let name: String
    /// The module that its weights or bias are called after, or the node's name as a path of modules; `nil` for a node
    /// without weights.
    package let module: String?
    /// Its operator.
    package let op: OperatorName
    /// The type of its first output for one sample.
    package let output: TensorType
    /// Weights, biases and scales stored for this node alone.
    package let parameters: Int
    /// Multiply-accumulate operations for one sample.
    package let macs: Int
  }

  /// One group of units, with its costs.
  package struct Group: Sendable {
    /// The group.
    package let group: PruningGroup
    /// Parameters that are removed with all of its units; weights that are stored several times are counted once.
    package let parameters: Int
    /// Multiply-accumulate operations of the layers that write or read its units.
    package let macs: Int
  }

  /// An axis of an input whose size is open in the file.
  package struct OpenAxis: Hashable, Sendable {
    /// The input's name.
    package let input: String
    /// The axis, counted from 0.
    package let axis: Int
    /// The name of its size in the file; `nil` if it has none.
    package let name: String?
  }

  /// The cost of the whole network.
  package let cost: ModelCost
  /// The shapes of the inputs for which costs are counted, by name: those asked for, or else a batch of 1, and for open
  /// sizes the first of a few that fit.
  package let countedFor: [String: Shape]
  /// The axes with open sizes, input by input.
  package let openAxes: [OpenAxis]
  /// The nodes, in order.
  package let layers: [Layer]
  /// The groups, in the order of the layers that produce them.
  package let groups: [Group]

  /// Inspects `original`.
  ///
  /// - Parameter shapes: The shapes of inputs, by name, for which costs are counted; of the others, as said above.
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  package init(_ original: Graph, shapes: [String: Shape] = [:]) throws(EspalierError) {
    let graph = try original.storingWhatIsKnown()
    let feeds = try graph.feedTypes(batch: 1, shapes: shapes)
    cost = try ModelCost(of: graph, feeds: feeds)
    countedFor = feeds.mapValues(\.shape)
    openAxes = graph.feeds.flatMap { feed in
      (feed.dimensions ?? []).enumerated().filter { $1.size == nil }.map { axis, dimension in
        if case .symbolic(let name) = dimension { return OpenAxis(input: feed.name, axis: axis, name: name) }
        return OpenAxis(input: feed.name, axis: axis, name: nil)
      }
    }
    let inference = try TypeInference(graph, feeds: feeds)
    let written = try original.inRealNumbers()
    let parameters = Set(written.parameters)
    let writtenInputs = Dictionary(
      written.nodes.map { ($0.label, Set($0.inputs)) }, uniquingKeysWith: { first, _ in first })
    let groups = try original.preparedForPruning().pruningGroups()
    let modules = Dictionary(
      groups.flatMap(\.producers).map { ($0.label, $0.identifier) }, uniquingKeysWith: { first, _ in first })
    let layers = inference.nodes.map { typed in
      let isWritten = Graph.isOfWholeNumbers(typed.node)
      let inputs = isWritten ? writtenInputs[typed.node.label] ?? [] : Set(typed.node.inputs)
      let stored = inputs.intersection(parameters).compactMap { written.constants[$0] }
      return Layer(
        name: typed.node.label, module: modules[typed.node.label], op: typed.node.fileOperator,
        output: typed.outputs[0],
        parameters: stored.reduce(0) { $0 + $1.count },
        macs: typed.op.cost.macs)
    }
    self.layers = layers
    let macs = Dictionary(layers.map { ($0.name, $0.macs) }, uniquingKeysWith: +)
    self.groups = groups.map { group in
      let involved = Set((group.producers + group.readers).map(\.label))
      return Group(
        group: group,
        parameters: written.parameters(of: group),
        macs: involved.reduce(0) { $0 + macs[$1, default: 0] })
    }
  }
}

extension Graph {
  /// The largest number of stored values at one position of `group` on an axis.
  fileprivate func parameters(of group: PruningGroup) -> Int {
    var left: [String: [Int]] = [:]
    for (axis, units) in group.elements {
      guard let tensor = constants[axis.value], tensor.elementType.isFloatingPoint else { continue }
      let count = units.reduce(0) { $0 + $1.count } / axis.blocks
      left[axis.value, default: tensor.shape.sizes][axis.axis] -= count
    }
    return left.reduce(0) { $0 + constants[$1.key]!.count - $1.value.reduce(1, *) }
  }
}
