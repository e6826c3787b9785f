import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// A graph compiled for fixed input shapes: the nodes to run, their order, and the memory of each value.
///
/// Nodes that no result depends on are left out, values known in advance are stored, views share the memory of the
/// values they show, and the memory of dead values in the arena is reused. All values are in plain order until the plan
/// is laid out for a backend.
package struct Plan: Sendable {
  /// The steps, in the order in which they run.
  private(set) var steps: [Step]
  /// The type of each value.
  package private(set) var types: [String: TensorType]
  /// The order of each value that is not in plain order.
  private(set) var orders: [String: AxisOrder] = [:]
  /// The values in memory of their own for the whole life of a session; a tensor is given for those known in advance.
  private(set) var persistent: [String: Tensor?]
  /// The values that can be set between runs.
  let settable: Set<String>
  /// The order of each input that is not in plain order.
  let inputOrders: [String: AxisOrder]
  /// The results that may lie in any order.
  let freeResults: Set<String>
  private var arena: ArenaPlaces
  /// The inputs that a run reads.
  package let inputs: [String]
  /// The values that a run computes.
  package let results: [String]

  /// Compiles `graph` for inputs of these types, to compute `results` (by default the graph's outputs).
  ///
  /// - Parameters:
  ///   - variables: Constants that will change between runs: the parameters during training.
  ///   - inputOrders: The order of each input that is not in plain order.
  ///   - freeResults: The results that may be in any order.
  /// - Throws: `EspalierError` if an operator is unknown, shapes do not fit, or a result does not exist.
  package init(
    _ graph: Graph, feeds: [String: TensorType], results: [String]? = nil, variables: Set<String> = [],
    inputOrders: [String: AxisOrder] = [:], freeResults: Set<String> = []
  ) throws(EspalierError) {
    let results = results ?? graph.outputs.map(\.name)
    let part = try graph.extracting(to: results).resolvingConditions(for: [feeds])
      .expandingComposites(feeds: feeds, variables: variables)
    let inference = try TypeInference(part, feeds: feeds, variables: variables)
    for result in results where inference.types[result] == nil {
      throw EspalierError(.model, "value \"\(result)\"", "does not exist in the graph")
    }
    try part.validate()
    let steps = inference.nodes.filter { typed in
      typed.node.outputs.contains { !$0.isEmpty && inference.constants[$0] == nil }
    }
    for value in results + steps.flatMap({ $0.node.inputs + $0.node.outputs })
    where inference.types[value]?.elementType == .string {
      throw EspalierError(.model, "value \"\(value)\"", "is text, which cannot be computed with")
    }
    let inputs = part.feeds.map(\.name)
    var persistent: [String: Tensor?] = [:]
    for input in inputs { persistent.updateValue(nil, forKey: input) }
    let read = Set(steps.flatMap(\.node.inputs) + results)
    for (name, tensor) in inference.constants where read.contains(name) { persistent[name] = .some(tensor) }
    for name in variables { if let tensor = part.constants[name] { persistent[name] = .some(tensor) } }

    self.steps = steps.map { Step($0, wanted: read) }
    types = inference.types
    self.persistent = persistent
    try Self.checkSizes(types, self.steps)
    settable = Set(inputs).union(variables.filter { part.constants[$0] != nil })
    arena = ArenaPlaces(self.steps, types: types, persistent: Set(persistent.keys), results: results)
    self.inputs = inputs
    self.results = results
    self.inputOrders = inputOrders
    self.freeResults = freeResults
  }

  /// The plan with every value in the order that the kernels of `backend` require, and copies where orders differ.
  package func laidOut(for backend: any Backend) -> Plan {
    let assignment = LayoutAssignment(self, for: backend)
    var plan = self
    (plan.steps, plan.types, plan.orders) = (assignment.steps, assignment.types, assignment.orders)
    plan.arena = ArenaPlaces(plan.steps, types: plan.types, persistent: Set(persistent.keys), results: results)
    return plan
  }

  /// The plan with layers fused with the nodes that follow them, if `backend` gains by it.
  func fused(for backend: any Backend) -> Plan {
    guard backend.fuses else { return self }
    let fusion = Fusion(self)
    var plan = self
    plan.steps = fusion.steps
    for (name, tensor) in fusion.constants {
      plan.persistent[name] = .some(tensor)
      plan.types[name] = TensorType(of: tensor)
    }
    let read = Set(plan.steps.flatMap(\.inputs) + results)
    plan.persistent = plan.persistent.filter { $0.value == nil || settable.contains($0.key) || read.contains($0.key) }
    return plan
  }

  /// The memory location of each value.
  var places: [String: ArenaPlaces.Place] { arena.places }

  /// The memory for all intermediate values, in bytes.
  package var arenaByteCount: Int { arena.byteCount }

  /// Multiply-accumulate operations of one run.
  package var macs: Int {
    steps.compactMap(\.node).reduce(0) { $0 + $1.op.cost.macs }
  }
}
