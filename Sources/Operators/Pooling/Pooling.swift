import Graph
import Tensors

/// An operator that makes one number of each window of each channel: `N x C x spatial` becomes `N x C x windows`.
///
/// Attributes: `kernel_shape`, `strides`, `dilations`, `pads` or `auto_pad`, and `ceil_mode`.
public protocol Pooling: Operator {}

extension Pooling {
  /// The batch, the channels and the windows.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try invocation.floatInput(0).shape
    return [TensorType(Shape(shape.prefix(2) + (try Windows(pooling: shape, by: invocation)).outputSizes))]
  }

  /// Batch and channels go with themselves; the axes that windows slide over stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let windows = try Windows(pooling: try invocation.input(0).shape, by: invocation)
    var rule = AxisRule.windows(windows, from: .input(0), to: .output(0))
    rule.ties += AxisRule.identity(rank: 2).ties
    return rule
  }
}

extension Windows {
  /// The windows of a pool over an input of `shape`.
  init(pooling shape: Shape, by invocation: Invocation) throws {
    guard shape.rank >= 3, !shape.dropFirst(2).contains(0) else {
      throw invocation.error("has nothing to pool in an input of shape \(shape)")
    }
    guard let kernel = try invocation.ints("kernel_shape") else {
      throw invocation.error("lacks the attribute \"kernel_shape\"")
    }
    try self.init(
      invocation, over: Array(shape.dropFirst(2)), kernel: kernel, roundsUp: try invocation.flag("ceil_mode"))
  }
}
