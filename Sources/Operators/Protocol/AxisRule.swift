/// How the axes of a node's inputs and outputs depend on each other, for pruning.
///
/// Removing an element of one axis is only possible together with the elements it is tied to. An axis that a rule does not
/// mention depends on nothing at this node.
public struct AxisRule: Hashable, Sendable {
  /// Which elements of which axes live and die together.
  public var ties: [AxisTie]
  /// Axes none of whose elements may be removed, and why.
  public var frozen: [FrozenAxis]
  /// Axes that the node sums over with weights: where a group's consumers are found.
  public var contractions: [Contraction]
  /// Whether the node merges two branches of computed values, as a residual addition does.
  public var couplesBranches: Bool

  /// A rule of these parts.
  public init(
    ties: [AxisTie] = [], frozen: [FrozenAxis] = [], contractions: [Contraction] = [], couplesBranches: Bool = false
  ) {
    self.ties = ties
    self.frozen = frozen
    self.contractions = contractions
    self.couplesBranches = couplesBranches
  }
}

/// One of a node's inputs or outputs.
public enum Port: Hashable, Sendable {
  case input(Int)
  case output(Int)
}

/// One axis of one of a node's inputs or outputs.
public struct PortAxis: Hashable, Sendable {
  /// Which input or output.
  public var port: Port
  /// Which of its axes, counted from 0.
  public var axis: Int

  /// The axis `axis` of `port`.
  public init(_ port: Port, _ axis: Int) {
    self.port = port
    self.axis = axis
  }
}

/// A dependency: element `i` of one axis goes together with elements `i * block + offset ..< (i + 1) * block + offset` of
/// another.
public struct AxisTie: Hashable, Sendable {
  /// The axis of single elements.
  public var from: PortAxis
  /// The axis of blocks.
  public var to: PortAxis
  /// How many elements of `to` belong to one of `from`: 1 but for reshapes that merge axes.
  public var block: Int
  /// Where in `to` the first block begins: 0 but for concatenation.
  public var offset: Int

  /// Ties each element of `from` to a block of `to`.
  public init(_ from: PortAxis, _ to: PortAxis, block: Int = 1, offset: Int = 0) {
    self.from = from
    self.to = to
    self.block = block
    self.offset = offset
  }
}

/// An axis that must stay whole at a node.
public struct FrozenAxis: Hashable, Sendable {
  /// The axis.
  public var axis: PortAxis
  /// Why, in words that follow the operator's name: `normalises over it`.
  public var reason: String

  /// Freezes `axis` for `reason`.
  public init(_ axis: PortAxis, _ reason: String) {
    self.axis = axis
    self.reason = reason
  }
}

/// A weighted sum over an axis: `output[.., o] = sum over c of activation[.., c] weight[c, o] (+ bias[o])`.
///
/// A convolution's is one for each tap of its window, all added up; its channels are axis 1.
///
/// The activation is the paper's hidden representation H, the weight its W1, and the output, bias included, its U.
public struct Contraction: Hashable, Sendable {
  /// The axis of the activation that is summed over.
  public var activation: PortAxis
  /// The same axis in the weights.
  public var weight: PortAxis
  /// The axis of the weights that becomes an axis of the output: the last of a dense layer, the channels of a convolution.
  public var outputAxis: PortAxis
  /// The input that is added to the output, one number an output, where there is one.
  public var bias: Port?
  /// What the stored weights are multiplied by.
  public var weightScale: Float
  /// What the stored bias is multiplied by.
  public var biasScale: Float

  /// A weighted sum over `activation`.
  public init(
    activation: PortAxis, weight: PortAxis, outputAxis: PortAxis, bias: Port? = nil, weightScale: Float = 1,
    biasScale: Float = 1
  ) {
    self.activation = activation
    self.weight = weight
    self.outputAxis = outputAxis
    self.bias = bias
    self.weightScale = weightScale
    self.biasScale = biasScale
  }
}

extension AxisRule {
  /// Ties every axis of input `position` to the same axis of the output, but those in `except`: what element-wise operators do.
  public static func identity(rank: Int, input position: Int = 0, except: Set<Int> = []) -> AxisRule {
    AxisRule(
      ties: (0..<rank).filter { !except.contains($0) }.map {
        AxisTie(PortAxis(.input(position), $0), PortAxis(.output(0), $0))
      })
  }
}
