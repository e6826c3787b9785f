import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A node whose inputs and outputs have lost elements: surgery's question to an operator, and the operator's answer.
///
/// Where an attribute or a stored input repeats a size or counts places along an axis, it must follow: the operator reads off
/// ``kept(_:)`` what is left, and sets what has changed.
package struct NodeResizing {
  /// The node in the whole network.
  package let before: TypedNode
  /// The same with other sizes of the axes that the network leaves open.
  package let variant: Invocation
  /// The node in the smaller network, as it would be if nothing were changed; its outputs are not inferred.
  package let now: Invocation
  /// The node as it is to be.
  package private(set) var node: Node
  /// New stored inputs, by their position.
  package private(set) var constants: [Int: Tensor] = [:]
  /// Why the node cannot follow, where it cannot.
  package private(set) var refusal: EspalierError?
  private let left: (PortAxis) -> [Int]?

  /// The question for `now`; `left` says which elements of an axis are left, `nil` for all.
  package init(before: TypedNode, variant: Invocation, now: Invocation, left: @escaping (PortAxis) -> [Int]?) {
    (self.before, self.variant, self.now, self.left) = (before, variant, now, left)
    node = now.node
  }

  /// Which elements of an axis are left.
  package func kept(_ axis: PortAxis) -> [Int] { left(axis) ?? Array(0..<size(axis, in: before)) }

  /// The shape of the output at `position` in the smaller network.
  package func shape(ofOutput position: Int) -> Shape {
    let shape = before.outputs[position].shape
    return Shape(shape.indices.map { left(PortAxis(.output(position), $0))?.count ?? shape[$0] })
  }

  private func size(_ axis: PortAxis, in node: TypedNode) -> Int {
    switch axis.port {
    case .input(let position): (node.inputs[position]?.shape[axis.axis] ?? 0) * axis.blocks
    case .output(let position): node.outputs[position].shape[axis.axis]
    }
  }

  /// Sets an attribute, or takes it away.
  package mutating func set(_ attribute: String, to value: Attribute?) { node.attributes[attribute] = value }

  /// Sets whole numbers that an operator takes as an attribute in old operator sets and as an input in new ones.
  package mutating func set(_ values: [Int], _ attribute: String, orInput position: Int) {
    if node.attributes[attribute] != nil { return set(attribute, to: .ints(values.map(Int64.init))) }
    let isShort = before.has(input: position) && before.inputs[position]?.elementType == .int32
    constants[position] =
      isShort
      ? Tensor(shape: [values.count], values.map { Int32(clamping: $0) })
      : Tensor(shape: [values.count], values.map(Int64.init))
  }

  /// The shape of the input at `position` in the smaller network, which is there.
  package func inputShape(_ position: Int) -> Shape { now.inputs[position]?.shape ?? [] }

  /// Says that the node cannot follow, in words that follow its name.
  package mutating func refuse(_ fault: String, remedy: String? = nil) {
    refusal = refusal ?? before.error(fault, remedy: remedy)
  }

  /// Whole numbers that are stated as an attribute or an input, where they are the same whatever the open sizes are; `nil`
  /// where they are not stated. Refuses where they depend on open sizes.
  package mutating func fixed(_ attribute: String, orInput position: Int) -> [Int]? {
    do throws(EspalierError) {
      let values = try before.call.ints(attribute, orInput: position)
      guard before.node.attributes[attribute] == nil, values != nil else { return values }
      if try variant.ints(attribute, orInput: position) == values { return values }
      refuse(
        "computes its \(attribute) from the sizes of the network's inputs, so that it cannot follow what is removed",
        remedy: "export the network with fixed sizes, or leave the group alone with --only")
    } catch {
      refusal = refusal ?? error
    }
    return nil
  }
}
