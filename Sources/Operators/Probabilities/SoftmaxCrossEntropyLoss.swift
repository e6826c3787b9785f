import EspalierFiles
import EspalierGraph

/// The loss of a classifier from logits: the softmax over axis 1, and ``ClassLoss`` of its logarithm, which is the
/// optional second output.
package struct SoftmaxCrossEntropyLoss: CompositeOperator {
  /// `SoftmaxCrossEntropyLoss`.
  package static let name: OperatorName = "SoftmaxCrossEntropyLoss"

  /// The logarithm of the softmax, and the sums over classes and samples.
  package let body: Body
  /// The rule of the loss.
  package let axes: AxisRule?

  /// Reads `reduction` (`mean` by default) and `ignore_index`.
  package init(_ call: Invocation) throws(EspalierError) {
    let loss = try ClassLoss(call)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let logarithms = body.add(LogSoftmax.name, [try body.required(0)], ["axis": .int(1)])
      body.finish([try loss.add(logarithms, to: &body), logarithms])
    }
    var rule = loss.rule(call)
    if call.has(output: 1) {
      for axis in loss.shape.indices {
        let result = PortAxis(.output(1), axis)
        if axis == 1 {
          rule.frozen.append(FrozenAxis(result, "normalises over it"))
        } else {
          rule.ties.append(AxisTie(PortAxis(.input(0), axis), result))
        }
      }
    }
    axes = rule
  }
}
