import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// The body of one composite node: typed nodes over its operands and over constants stored with them.
package struct Body: Sendable {
  /// The nodes, each after those whose outputs it reads.
  package let nodes: [TypedNode]
  /// The names of the composite's inputs in the body; empty for an omitted one.
  package let operands: [String]
  /// The values stored with the body.
  package let constants: OrderedDictionary<String, Tensor>
  /// The names of the values that are the composite's outputs.
  package let results: [String]
  /// The types of the results.
  package let outputs: [TensorType]

  /// The body that `write` builds for `call`.
  ///
  /// - Throws: `EspalierError` if the inputs do not fit the operator or each other.
  package init(_ call: Invocation, _ write: (inout BodyBuilder) throws(EspalierError) -> Void) throws(EspalierError) {
    var builder = BodyBuilder(call)
    try write(&builder)
    if let fault = builder.fault { throw call.error(fault.description) }
    nodes = builder.nodes
    operands = builder.operands
    constants = builder.constants
    results = builder.results
    var outputs: [TensorType] = []
    for result in builder.results {
      guard let type = builder.types[result] else { throw call.error("does not make all of its outputs") }
      outputs.append(type)
    }
    self.outputs = outputs
  }

  /// The total cost of the nodes.
  package var cost: Cost { Cost(macs: Int.limitedSum(nodes.map(\.op.cost.macs))) }
}
