import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that normalises groups of channels of each sample by their own mean and variance:
/// `Y = scale (X - mean) / sqrt(variance + epsilon) + B`.
///
/// X is `N x C x ..`; mean and variance are over all elements of a group. Scale and B have one element per channel or
/// per group.
package protocol GroupedNormalization: DifferentiableOperator {
  /// The groups, and the elements of scale and B.
  var groups: ChannelGroups { get }
}

/// The channels of a tensor `N x C x ..`, in groups that are normalised together.
package struct ChannelGroups: Hashable, Sendable {
  /// The shape of the tensor.
  package let shape: Shape
  /// The number of groups.
  package let count: Int
  /// The number of elements of scale and of B.
  package let parameterCount: Int
  /// The epsilon added to the variance.
  package let epsilon: Float

  /// `count` groups of the channels of a tensor of `shape`, normalised with `parameterCount` scales.
  init(_ shape: Shape, count: Int, parameterCount: Int, epsilon: Float) {
    (self.shape, self.count, self.parameterCount, self.epsilon) = (shape, count, parameterCount, epsilon)
  }

  /// The groups of the first input of `call`, of shape `shape`; scale and B must have `parameterCount` elements.
  init(_ call: Invocation, _ shape: Shape, count: Int, parameterCount: Int) throws(EspalierError) {
    guard count > 0 || shape[1] == 0, count == 0 || shape[1] % count == 0 else {
      throw call.error("cannot cut \(shape[1]) channels into \(count) groups")
    }
    for position in 1...2 {
      let own = try call.floatInput(position).shape
      guard own == [parameterCount] else {
        throw call.error("input \"\(call.node.inputs[position])\" of shape \(own) is not \(parameterCount) numbers")
      }
    }
    self.init(shape, count: count, parameterCount: parameterCount, epsilon: try call.float("epsilon", default: 1e-5))
  }
}

extension Invocation {
  /// The shape of the first input, which must have channels and positions.
  func groupedShape() throws(EspalierError) -> Shape {
    let shape = try floatInput(0).shape
    guard shape.rank >= 3 else { throw error("has no channels in an input of shape \(shape)") }
    return shape
  }
}

extension GroupedNormalization {
  /// Scale and B.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The input's type.
  package var outputs: [TensorType] { [TensorType(groups.shape)] }

  /// By ``GroupedNormalizationDataGradient`` and ``GroupedNormalizationScaleGradient``; `dB` is a sum of `dY`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let (shape, count) = (groups.shape, groups.parameterCount)
    let dY = gradients.outputGradient
    var attributes = gradients.attributes.filter { $0.key == "epsilon" }
    attributes["groups"] = .int(Int64(groups.count))
    if gradients.wants(0) {
      gradients.set(
        gradients.add(
          GroupedNormalizationDataGradient.name, [dY, gradients.input(0), gradients.input(1)], attributes), forInput: 0)
    }
    if gradients.wants(1) {
      attributes["count"] = .int(Int64(count))
      gradients.set(
        gradients.add(GroupedNormalizationScaleGradient.name, [dY, gradients.input(0)], attributes), forInput: 1)
    }
    if gradients.wants(2) {
      let rows: Shape = [shape[0], count, shape.elementCount / max(1, shape[0] * count)]
      let sum = gradients.sum(gradients.reshape(dY, to: rows), from: rows, to: [1, count, 1])
      gradients.set(gradients.reshape(sum, to: [count]), forInput: 2)
    }
  }
}

/// `dX = r / m (m g - sum g - x' sum g x')` for each group of `m` elements, with `g = dY scale`,
/// `r = 1 / sqrt(variance + epsilon)` and `x'` the normalised input; from `dY`, `X` and scale.
package struct GroupedNormalizationDataGradient: Operator {
  /// `espalier::GroupedNormalizationDataGradient`.
  package static let name: OperatorName = .own("GroupedNormalizationDataGradient")

  /// The groups of `X`.
  package let groups: ChannelGroups

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    groups = ChannelGroups(
      try call.floatInput(1).shape, count: try call.int("groups", default: 1),
      parameterCount: try call.input(2).shape.elementCount, epsilon: try call.float("epsilon", default: 1e-5))
  }

  /// The type of `X`.
  package var outputs: [TensorType] { [TensorType(groups.shape)] }
}

/// `dscale = sum of dY x'` over the elements multiplied by each number of the scale, with `x'` the normalised input;
/// from `dY` and `X`.
package struct GroupedNormalizationScaleGradient: Operator {
  /// `espalier::GroupedNormalizationScaleGradient`.
  package static let name: OperatorName = .own("GroupedNormalizationScaleGradient")

  /// The groups of `X`.
  package let groups: ChannelGroups

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let count = try call.int("count", default: 0)
    guard Shape(checking: [count]) != nil else { throw call.error("attribute \"count\" is negative") }
    groups = ChannelGroups(
      try call.input(1).shape, count: try call.int("groups", default: 1), parameterCount: count,
      epsilon: try call.float("epsilon", default: 1e-5))
  }

  /// A vector of as many elements as the attribute `count` states.
  package var outputs: [TensorType] { [TensorType([groups.parameterCount])] }
}
