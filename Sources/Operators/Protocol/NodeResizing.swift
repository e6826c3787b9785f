import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A request to an operator to adapt its node to inputs and outputs that have lost elements, and the operator's answer.
///
/// An attribute or a stored input that repeats a size, or counts positions along an axis, must be adapted: the operator
/// finds the remaining elements with ``kept(_:)``, and sets what has changed.
package struct NodeResizing {
  /// The node in the network before pruning.
  package let before: TypedNode
  /// The same node with different values for the sizes that the network leaves open.
  package let variant: Invocation
  /// The node in the pruned network before it is adapted; its outputs are not inferred.
  package let now: Invocation
  /// The adapted node.
  package private(set) var node: Node
  /// New stored inputs, by position.
  package private(set) var constants: [Int: Tensor] = [:]
  /// New sizes of inputs that stay partly computed, by position.
  package private(set) var corrections: [Int: SizeCorrection] = [:]
  /// The error, if the node cannot be adapted.
  package private(set) var refusal: EspalierError?
  private let left: (PortAxis) -> [Int]?

  /// A request for `now`; `left` gives the remaining elements of an axis, `nil` for all.
  package init(before: TypedNode, variant: Invocation, now: Invocation, left: @escaping (PortAxis) -> [Int]?) {
    (self.before, self.variant, self.now, self.left) = (before, variant, now, left)
    node = now.node
  }

  /// The remaining elements of an axis.
  package func kept(_ axis: PortAxis) -> [Int] { left(axis) ?? Array(0..<size(axis, in: before)) }

  /// The shape of the output at `position` in the pruned network.
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

  /// Sets an attribute, or removes it.
  package mutating func set(_ attribute: String, to value: Attribute?) { node.attributes[attribute] = value }

  /// Sets whole numbers that an operator takes as an attribute in old operator sets and as an input in new ones.
  package mutating func set(_ values: [Int], _ attribute: String, orInput position: Int) {
    if node.attributes[attribute] != nil { return set(attribute, to: .ints(values.map(Int64.init))) }
    constants[position] = stored(values, at: position)
  }

  /// Numbers as an input at `position` holds them.
  private func stored(_ values: [Int], at position: Int) -> Tensor {
    let isShort = before.has(input: position) && before.inputs[position]?.elementType == .int32
    return isShort
      ? Tensor(shape: [values.count], values.map { Int32(clamping: $0) })
      : Tensor(shape: [values.count], values.map(Int64.init))
  }

  /// The shape of the input at `position`, which must be present, in the pruned network.
  package func inputShape(_ position: Int) -> Shape { now.inputs[position]?.shape ?? [] }

  /// States that the node cannot be adapted, in words that follow its name.
  package mutating func refuse(_ fault: String, remedy: String? = nil) {
    refusal = refusal ?? before.error(fault, remedy: remedy)
  }

  /// Stores single numbers that the network computes from sizes, such as the root of a head's width that scores are
  /// divided by, where they would change with what is removed: the remaining elements are to be computed with as
  /// before.
  package mutating func retainNumbers() {
    guard type(of: before.op).isElementwise, before.constants.contains(where: { $0 == nil }) else { return }
    for (position, dense) in before.constants.enumerated() {
      guard let dense, dense.elementType == .float32, dense.count == 1, constants[position] == nil,
        let small = now.constants[position], small != dense, variant.constants[position] == dense
      else { continue }
      constants[position] = dense
    }
  }

  /// Whole numbers stated as an attribute or an input, and which of them the network computes from open sizes; `nil` if
  /// they are not stated. Refuses if their number depends on open sizes, or the network computes them from its data.
  package mutating func stated(_ attribute: String, orInput position: Int) -> (values: [Int], isComputed: [Bool])? {
    do throws(EspalierError) {
      guard let values = try before.call.ints(attribute, orInput: position) else { return nil }
      guard before.node.attributes[attribute] == nil else {
        return (values, [Bool](repeating: false, count: values.count))
      }
      if let others = try variant.ints(attribute, orInput: position), others.count == values.count {
        return (values, zip(values, others).map(!=))
      }
      refuse(
        "computes its \(attribute) from its data, so that it cannot follow what is removed", remedy: Self.remedy)
    } catch {
      refusal = refusal ?? error
    }
    return nil
  }

  /// Sets whole numbers of which some stay as the network computes them, from open sizes; refuses if one of these would
  /// have to change.
  package mutating func set(
    _ values: [Int], leaving isComputed: [Bool], _ attribute: String, orInput position: Int
  ) {
    guard isComputed.contains(true) else { return set(values, attribute, orInput: position) }
    let present = (try? now.ints(attribute, orInput: position)) ?? []
    guard present.count == values.count,
      zip(isComputed, zip(present, values)).allSatisfy({ !$0 || $1.0 == $1.1 })
    else {
      return refuse(
        "computes a size of its \(attribute) both from those of the network's inputs and from what is removed",
        remedy: Self.remedy)
    }
    corrections[position] = SizeCorrection(sizes: stored(values, at: position), isComputed: isComputed)
  }

  private static let remedy = "export the network with fixed sizes, or leave the group alone with --only"
}
