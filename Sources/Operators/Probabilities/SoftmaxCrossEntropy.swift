import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The loss of a classifier: `L = -1/n sum over rows i, classes c of T_ic log softmax(Z_i)_c`, from logits `Z` and
/// target probabilities `T`, both n x classes. Targets may be smoothed labels or a teacher's outputs.
package struct SoftmaxCrossEntropy: DifferentiableOperator {
  /// `espalier::SoftmaxCrossEntropy`.
  package static let name: OperatorName = .own("SoftmaxCrossEntropy")

  /// The shape of logits and targets.
  package let shape: Shape

  /// Reads the logits and the targets.
  package init(_ call: Invocation) throws(EspalierError) {
    shape = try call.logits(0).shape
  }

  /// A scalar.
  package var outputs: [TensorType] { [TensorType([])] }

  /// `dZ = dL/n (softmax(Z) sum_c T_c - T)`; the targets have no gradient.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let gradient = gradients.add(
      SoftmaxCrossEntropyDerivative.name, [gradients.outputGradient, gradients.input(0), gradients.input(1)])
    gradients.set(gradient, forInput: 0)
  }
}

/// `dZ_ic = dL/n (softmax(Z_i)_c sum over k of T_ik - T_ic)`, from `dL`, `Z` and `T`.
package struct SoftmaxCrossEntropyDerivative: Operator {
  /// `espalier::SoftmaxCrossEntropyDerivative`.
  package static let name: OperatorName = .own("SoftmaxCrossEntropyDerivative")

  /// The type of the logits.
  package let logits: TensorType

  /// Reads the logits and the targets.
  package init(_ call: Invocation) throws(EspalierError) {
    logits = try call.logits(1)
  }

  /// The type of the logits.
  package var outputs: [TensorType] { [logits] }
}

extension Invocation {
  /// The type of the logits at `position`, n x classes; the targets after them must have the same shape.
  fileprivate func logits(_ position: Int) throws(EspalierError) -> TensorType {
    let (logits, targets) = (try floatInput(position), try floatInput(position + 1).shape)
    guard logits.shape.rank == 2, logits.shape == targets else {
      throw error("compares logits of shape \(logits.shape) with targets of shape \(targets)")
    }
    return logits
  }
}
