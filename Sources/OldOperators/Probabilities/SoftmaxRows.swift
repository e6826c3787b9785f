import Foundation
import Tensors

/// How a softmax cuts a tensor into rows that it normalises: `outer` x `size` x `inner`, along the middle.
struct SoftmaxRows {
  let outer: Int
  let size: Int
  let inner: Int
  /// The axes that are normalised over.
  let axes: Range<Int>

  /// From operator set 13 on along one axis, before over all axes from the given one on.
  init(_ invocation: Invocation) throws {
    let shape = try invocation.floatInput(0).shape
    let isOld = invocation.node.op.domain.isEmpty && invocation.opset < 13
    let axis = try invocation.axis(try invocation.int("axis", default: isOld ? 1 : -1), ofInput: 0)
    axes = isOld ? axis..<shape.rank : axis..<(axis + 1)
    outer = shape[..<axis].reduce(1, *)
    size = shape[axes].reduce(1, *)
    inner = shape[axes.upperBound...].reduce(1, *)
  }

  /// Calls `body` with the offset of the first element of each row; its elements lie `inner` apart.
  func forEach(_ body: (Int) -> Void) {
    for o in 0..<outer {
      for i in 0..<inner { body(o * size * inner + i) }
    }
  }

  /// Freezes what is normalised over and ties all other axes to themselves.
  func axisRule(rank: Int) -> AxisRule {
    var rule = AxisRule.identity(rank: rank, except: Set(axes))
    rule.frozen = axes.flatMap { axis in
      [Port.input(0), .output(0)].map { FrozenAxis(PortAxis($0, axis), "normalises over it") }
    }
    return rule
  }
}
