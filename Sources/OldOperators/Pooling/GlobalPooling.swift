import Graph
import Tensors

/// An operator that makes one number of each channel of each sample: `N x C x spatial` becomes `N x C x 1 x ..`.
public protocol GlobalPooling: Operator {}

extension GlobalPooling {
  /// The batch and the channels, all other axes of size 1.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try invocation.floatInput(0).shape
    guard shape.rank >= 3, !shape.dropFirst(2).contains(0) else {
      throw invocation.error("has nothing to pool in an input of shape \(shape)")
    }
    return [TensorType(Shape(shape.indices.map { $0 < 2 ? shape[$0] : 1 }))]
  }

  /// Batch and channels go with themselves; the spatial axes stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let rank = try invocation.input(0).shape.rank
    var rule = AxisRule.identity(rank: 2)
    rule.frozen = (2..<rank).map { FrozenAxis(PortAxis(.input(0), $0), "pools over it") }
    return rule
  }
}
