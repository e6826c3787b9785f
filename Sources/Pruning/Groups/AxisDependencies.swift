import Engine
import Files
import Graph
import Operators
import Tensors

/// Which elements of which axes of a graph's values can only be removed together.
///
/// Every element of every axis is a node of a dependency graph; the axis rules of the operators tie them. What is connected
/// lives and dies together: a *unit*. Source: `docs/guides/groups.md`; the words are those of G. Fang et al., "DepGraph:
/// towards any structural pruning" (CVPR 2023), but dependencies come from operator semantics, never from patterns or probing.
struct AxisDependencies {
  /// The types the graph was analysed with.
  let types: [String: TensorType]
  /// Each contraction with constant weights, with the values it acts on.
  private(set) var contractions: [WeightedContraction] = []
  private var firstElement: [ValueAxis: Int] = [:]
  private var axes: [ValueAxis] = []
  private var sets: DisjointSets
  private var frozen: [(element: Int, reason: FrozenReason)] = []
  private var coupled: [Int] = []

  /// Analyses `graph` with inputs of these types.
  ///
  /// Complexity: near-linear in the number of elements of all axes (not of all values).
  init(_ graph: Graph, feeds: [String: TensorType]) throws {
    let inference = try TypeInference(graph, feeds: feeds)
    types = inference.types
    var count = 0
    for (value, type) in inference.types.sorted(by: { $0.key < $1.key }) {
      for axis in type.shape.indices {
        firstElement[ValueAxis(value, axis)] = count
        axes.append(ValueAxis(value, axis))
        count += type.shape[axis]
      }
    }
    sets = DisjointSets(count: count)
    for input in graph.feeds {
      freeze(input.name, .init(culprit: "input \"\(input.name)\"", reason: "is fed from outside"))
    }
    for output in graph.outputs {
      freeze(output.name, .init(culprit: "output \"\(output.name)\"", reason: "is what the network is for"))
    }
    for invocation in inference.invocations { try apply(invocation, in: graph) }
    try join()
    let readers = graph.consumers()
    for index in contractions.indices { contractions[index].adoptFollowUps(in: graph, readers, types) }
  }

  private var ties: [(from: ValueAxis, to: ValueAxis, tie: AxisTie)] = []

  private mutating func freeze(_ value: String, _ reason: FrozenReason) {
    for axis in types[value]?.shape.indices ?? 0..<0 { freeze(ValueAxis(value, axis), reason) }
  }

  private mutating func freeze(_ axis: ValueAxis, _ reason: FrozenReason) {
    guard let first = firstElement[axis], let size = types[axis.value]?.shape[axis.axis] else { return }
    for element in first..<first + size { frozen.append((element, reason)) }
  }

  private mutating func apply(_ invocation: Invocation, in graph: Graph) throws {
    let node = invocation.node
    guard let op = OperatorRegistry.find(node.op), let rule = try op.axes(invocation) else {
      let reason = FrozenReason(culprit: "\(node.op) \"\(node.label)\"", reason: "has no rule for its axes")
      for value in node.inputs + node.outputs where !value.isEmpty { freeze(value, reason) }
      return
    }
    for tie in rule.ties { ties.append((node.value(tie.from), node.value(tie.to), tie)) }
    for frozen in rule.frozen {
      freeze(node.value(frozen.axis), .init(culprit: "\(node.op) \"\(node.label)\"", reason: frozen.reason))
    }
    for contraction in rule.contractions {
      let weighted = WeightedContraction(contraction, of: invocation)
      if let weighted { contractions.append(weighted) }
      if weighted.flatMap({ graph.constants[$0.weight.value] }) == nil {
        freeze(
          node.value(contraction.activation),
          .init(culprit: "\(node.op) \"\(node.label)\"", reason: "multiplies it by weights that are not stored"))
      }
    }
    if rule.couplesBranches, let output = node.outputs.first, let type = types[output] {
      for axis in type.shape.indices {
        let first = firstElement[ValueAxis(output, axis)]!
        coupled += first..<first + type.shape[axis]
      }
    }
  }

  private mutating func join() throws {
    for (from, to, tie) in ties {
      let (first, second) = (firstElement[from]!, firstElement[to]!)
      let (sizeFrom, sizeTo) = (types[from.value]!.shape[from.axis], types[to.value]!.shape[to.axis])
      guard tie.offset + sizeFrom * tie.block <= sizeTo else {
        throw DataError("axes \(from) and \(to)", "of sizes \(sizeFrom) and \(sizeTo) cannot depend on each other")
      }
      for i in 0..<sizeFrom {
        for j in 0..<tie.block { sets.join(first + i, second + tie.offset + i * tie.block + j) }
      }
    }
    ties = []
  }

  /// The units, each with the elements of the axes it is made of, in the order of their first elements.
  mutating func units() -> [PruningUnit] {
    var order: [Int] = []
    var elements: [Int: [ValueAxis: [Int]]] = [:]
    for axis in axes {
      let first = firstElement[axis]!
      for index in 0..<types[axis.value]!.shape[axis.axis] {
        let root = sets.find(first + index)
        if elements[root] == nil { order.append(root) }
        elements[root, default: [:]][axis, default: []].append(index)
      }
    }
    var reasons: [Int: FrozenReason] = [:]
    for (element, reason) in frozen {
      let root = sets.find(element)
      if reasons[root] == nil { reasons[root] = reason }
    }
    let couplings = Set(coupled.map { sets.find($0) })
    return order.map {
      PruningUnit(elements: elements[$0]!, frozen: reasons[$0], couplesBranches: couplings.contains($0))
    }
  }
}

/// Elements of axes that can only be removed together: one channel, one neuron, one head.
struct PruningUnit {
  /// For each axis, the positions that belong to the unit.
  let elements: [ValueAxis: [Int]]
  /// Why the unit must stay, if it must.
  let frozen: FrozenReason?
  /// Whether the unit passes through a node that merges two branches.
  let couplesBranches: Bool
}

/// What keeps a group whole.
public struct FrozenReason: Hashable, Sendable, CustomStringConvertible {
  /// The operator, input or output that does.
  public var culprit: String
  /// Why.
  public var reason: String

  /// As in `Softmax "prob" normalises over it`.
  public var description: String { "\(culprit) \(reason)" }
}

extension Node {
  /// The value axis that `axis` of one of this node's ports is.
  func value(_ axis: PortAxis) -> ValueAxis {
    switch axis.port {
    case .input(let position): ValueAxis(inputs[position], axis.axis)
    case .output(let position): ValueAxis(outputs[position], axis.axis)
    }
  }
}
