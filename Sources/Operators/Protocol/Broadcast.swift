import EspalierFiles
import EspalierTensors

/// Operands that are broadcast to each other, as in element-wise operators of several inputs.
package struct Broadcast: Hashable, Sendable {
  /// The shapes of the operands.
  package let operands: [Shape]
  /// The shape to which all operands broadcast.
  package let shape: Shape
  /// The number of operands that the network computes.
  package let computedCount: Int

  /// The inputs of a node.
  ///
  /// - Throws: `EspalierError` if an input is omitted, or the shapes are incompatible.
  package init(_ call: Invocation) throws(EspalierError) {
    var operands: [Shape] = []
    for position in call.inputs.indices { operands.append(try call.input(position).shape) }
    guard var shape = operands.first else { throw call.error("lacks its input number 1") }
    for other in operands.dropFirst() {
      guard let result = Broadcasting.shape(shape, other) else {
        throw call.error("shapes \(shape) and \(other) cannot be broadcast to each other")
      }
      shape = result
    }
    self.operands = operands
    self.shape = shape
    computedCount = call.constants.count { $0 == nil }
  }

  /// Ties the axes of all inputs that are not broadcast to those of the output; two computed inputs are branches that
  /// meet.
  package var axes: AxisRule {
    var rule = AxisRule()
    for (position, operand) in operands.enumerated() {
      rule.ties += Broadcasting.ties(operand, input: position, result: shape)
    }
    rule.couplesBranches = computedCount > 1
    return rule
  }
}
