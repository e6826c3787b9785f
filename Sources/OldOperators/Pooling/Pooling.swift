import Graph
import Tensors

/// An operator that makes one number of each window of each channel: `N x C x spatial` becomes `N x C x windows`.
///
/// Attributes: `kernel_shape`, `strides`, `dilations`, `pads` or `auto_pad`, and `ceil_mode`.
public protocol Pooling: Operator {}

extension Pooling {
  /// The batch, the channels and the windows.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try invocation.pooledShape())]
  }

  /// Batch and channels go with themselves; the axes that windows slide over stay whole. All are held where positions are asked
  /// for, which number the elements of the whole input.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    guard invocation.outputs.count == 1 else { return nil }
    let windows = try Windows(pooling: try invocation.input(0).shape, by: invocation)
    var rule = AxisRule.windows(windows, from: .input(0), to: .output(0))
    rule.ties += AxisRule.identity(rank: 2).ties
    return rule
  }
}

extension Invocation {
  /// The shape of what a pool makes of the first input.
  func pooledShape() throws -> Shape {
    let shape = try floatInput(0).shape
    return Shape(shape.prefix(2) + (try Windows(pooling: shape, by: self)).outputSizes)
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
