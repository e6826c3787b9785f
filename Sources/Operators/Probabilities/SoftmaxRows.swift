import EspalierFiles
import EspalierGraph
import EspalierTensors

/// How a softmax cuts a tensor into rows that it normalises: `outer` x `size` x `inner`, along the middle.
package struct SoftmaxRows: Hashable, Sendable {
  /// The type of the tensor.
  package let input: TensorType
  /// How many places there are before the axes that are normalised over.
  package let outer: Int
  /// How many elements a row has.
  package let size: Int
  /// How far neighbours in a row are apart.
  package let inner: Int
  /// The axes that are normalised over.
  package let axes: Range<Int>

  /// Reads `axis`: from operator set 13 on rows lie along one axis, before over all axes from the given one on.
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

  /// Calls `body` with the offset of the first element of each row; its elements lie `inner` apart.
  package func forEach(_ body: (Int) -> Void) {
    for o in 0..<outer {
      for i in 0..<inner { body(o * size * inner + i) }
    }
  }

  /// Freezes what is normalised over and ties all other axes to themselves.
  var axisRule: AxisRule {
    var rule = AxisRule.identity(rank: input.shape.rank, except: Set(axes))
    rule.frozen = axes.flatMap { axis in
      [Port.input(0), .output(0)].map { FrozenAxis(PortAxis($0, axis), "normalises over it") }
    }
    return rule
  }
}

extension GradientBuilder {
  /// Adds the derivative `op` of a softmax over `rows`, whose axes become one so that old and new rules agree.
  mutating func addSoftmaxDerivative(_ op: OperatorName, _ rows: SoftmaxRows) -> String {
    let gradient = reshape(outputGradient, to: [rows.outer, rows.size, rows.inner])
    let result = reshape(output, to: [rows.outer, rows.size, rows.inner])
    let derivative = add(op, [gradient, result], ["axis": .int(1)])
    return reshape(derivative, to: node.outputs[0].shape)
  }
}
