import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The rows of a tensor that a softmax normalises: the tensor is viewed as `outer` x `size` x `inner`, and normalised
/// along the middle axis.
package struct SoftmaxRows: Hashable, Sendable {
  /// The type of the tensor.
  package let input: TensorType
  /// The number of positions before the normalised axes.
  package let outer: Int
  /// The number of elements of a row.
  package let size: Int
  /// The stride of a row in elements.
  package let inner: Int
  /// The normalised axes.
  package let axes: Range<Int>

  /// Reads `axis`: rows lie along that axis from operator set 13, and before over all axes from it on.
  init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
    let shape = input.shape
    let isOld = call.node.op.domain.isEmpty && call.opset < 13
    let axis = try call.axis(try call.int("axis", default: isOld ? 1 : -1), ofInput: 0)
    axes = isOld ? axis..<shape.rank : axis..<(axis + 1)
    outer = shape[..<axis].reduce(1, *)
    size = shape[axes].reduce(1, *)
    inner = shape[axes.upperBound...].reduce(1, *)
  }

  /// Calls `body` with the offset of the first element of each row, whose elements are `inner` apart.
  package func forEach(_ body: (Int) -> Void) {
    for o in 0..<outer {
      for i in 0..<inner { body(o * size * inner + i) }
    }
  }

  /// Freezes the normalised axes and ties all others to those of the output.
  var axisRule: AxisRule {
    var rule = AxisRule.identity(rank: input.shape.rank, except: Set(axes))
    rule.frozen = axes.flatMap { axis in
      [Port.input(0), .output(0)].map { FrozenAxis(PortAxis($0, axis), "normalises over it") }
    }
    return rule
  }
}

extension GradientBuilder {
  /// Adds the derivative `op` of a softmax over `rows`, merging the normalised axes so that it is the same in all
  /// operator sets.
  mutating func addSoftmaxDerivative(_ op: OperatorName, _ rows: SoftmaxRows) -> String {
    let gradient = reshape(outputGradient, to: [rows.outer, rows.size, rows.inner])
    let result = reshape(output, to: [rows.outer, rows.size, rows.inner])
    let derivative = add(op, [gradient, result], ["axis": .int(1)])
    return reshape(derivative, to: node.outputs[0].shape)
  }
}
