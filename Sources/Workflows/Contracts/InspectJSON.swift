import EspalierGraph
import EspalierPruning
import EspalierReports

/// The JSON of `inspect`.
package struct InspectJSON: Encodable {
  struct Group: Encodable {
    let id: String
    let size: Int
    let scope: String
    let kind: String?
    let prunable: Bool
    let members: [String]
    /// Null for a group that can be pruned.
    @OrNull var reason: String?
    let parameters: Int
    let macs: Int
  }

  struct Layer: Encodable {
    let name: String
    let op: String
    let output: [Int]
    let parameters: Int
    let macs: Int
  }

  struct Value: Encodable {
    let name: String
    let type: String?
    let dimensions: [String]?

    init(_ value: ValueInfo) {
      name = value.name
      type = value.elementType?.rawValue
      dimensions = value.dimensions?.map(\.description)
    }
  }

  /// The nodes that are kept as in the file: not run, not counted, not among `layers`.
  struct Opaque: Encodable {
    /// The nodes with unknown operators that hold the others.
    let causes: [String]
    /// The number of nodes.
    let nodes: Int

    init(_ part: OpaquePart) {
      causes = part.causes.map(\.description)
      nodes = part.nodes.count
    }
  }

  struct OpenAxis: Encodable {
    let input: String
    let axis: Int
    let name: String?
  }

  let name: String
  let opset: Int?
  let countedFor: [String: [Int]]
  let openAxes: [OpenAxis]
  let parameters: Int
  let macs: Int
  let bytes: Int
  let peakActivationBytes: Int
  let inputs: [Value]
  let outputs: [Value]
  let layers: [Layer]
  let groups: [Group]
  /// Absent where all nodes are run.
  let opaque: Opaque?

  /// The layers, costs and groups of `model` from `inspection`.
  package init(_ model: Model, _ inspection: Inspection) {
    name = model.graph.name
    opset = model.graph.opsets[""]
    countedFor = inspection.countedFor.mapValues(\.sizes)
    openAxes = inspection.openAxes.map { OpenAxis(input: $0.input, axis: $0.axis, name: $0.name) }
    parameters = inspection.cost.parameters
    macs = inspection.cost.macs
    bytes = inspection.cost.bytes
    peakActivationBytes = inspection.cost.peakActivationBytes
    let opaque = model.graph.opaque
    inputs = (opaque.map { _ in model.graph.whole.feeds } ?? model.graph.feeds).map(Value.init)
    outputs = (opaque?.outputs ?? model.graph.outputs).map(Value.init)
    self.opaque = opaque.map(Opaque.init)
    layers = inspection.layers.map {
      Layer(
        name: $0.name, op: $0.op.description, output: $0.output.shape.sizes, parameters: $0.parameters, macs: $0.macs)
    }
    groups = inspection.groups.map {
      Group(
        id: $0.group.id, size: $0.group.size, scope: $0.group.scope.rawValue, kind: $0.group.kind,
        prunable: $0.group.isPrunable,
        members: $0.group.members, reason: $0.group.frozen?.description, parameters: $0.parameters, macs: $0.macs)
    }
  }
}
