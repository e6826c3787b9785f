import Foundation
import Graph
import Tensors

/// The loss of a classifier: `L = -1/n sum over rows i, classes c of T_ic log softmax(Z_i)_c`, from logits `Z` and target
/// probabilities `T`, both n x classes. Smoothed labels and a teacher's outputs are targets like any other.
public enum SoftmaxCrossEntropy: Operator {
  /// `espalier::SoftmaxCrossEntropy`.
  public static let name: OperatorName = .own("SoftmaxCrossEntropy")

  /// One number.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (logits, targets) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    guard logits.rank == 2, logits == targets else {
      throw invocation.error("compares logits of shape \(logits) with targets of shape \(targets)")
    }
    return [TensorType([])]
  }

  /// Each row shifted by its maximum, added up in double precision.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let shape = try invocation.input(0).shape
    let (rows, classes) = (shape[0], shape[1])
    return FunctionKernel { operands in
      let (logits, targets) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats)
      var loss = 0.0
      for row in 0..<rows {
        let start = row * classes
        var maximum = -Float.infinity
        for c in 0..<classes { maximum = max(maximum, logits[start + c]) }
        var sum: Float = 0
        for c in 0..<classes { sum += exp(logits[start + c] - maximum) }
        // Not their sum: the maximum may be so large that the logarithm is lost in it.
        let logarithm = log(sum)
        for c in 0..<classes { loss += Double(targets[start + c] * (logarithm + (maximum - logits[start + c]))) }
      }
      operands.outputs[0].floats[0] = Float(loss / Double(rows))
    }
  }

  /// `dZ = dL/n (softmax(Z) sum_c T_c - T)`; the targets are data.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let gradient = gradients.add(
      SoftmaxCrossEntropyDerivative.name, [gradients.outputGradient, gradients.input(0), gradients.input(1)])
    gradients.set(gradient, forInput: 0)
  }
}

/// `dZ_ic = dL/n (softmax(Z_i)_c sum over k of T_ik - T_ic)`, from `dL`, `Z` and `T`.
public enum SoftmaxCrossEntropyDerivative: Operator {
  /// `espalier::SoftmaxCrossEntropyDerivative`.
  public static let name: OperatorName = .own("SoftmaxCrossEntropyDerivative")

  /// The type of the logits.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(1)] }

  /// Three passes over each row.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let shape = try invocation.input(1).shape
    let (rows, classes) = (shape[0], shape[1])
    return FunctionKernel { operands in
      let factor = operands.inputs[0]!.floats[0] / Float(rows)
      let (logits, targets) = (operands.inputs[1]!.floats, operands.inputs[2]!.floats)
      let gradient = operands.outputs[0].floats
      for row in 0..<rows {
        let start = row * classes
        var maximum = -Float.infinity
        for c in 0..<classes { maximum = max(maximum, logits[start + c]) }
        var (sum, mass): (Float, Float) = (0, 0)
        for c in 0..<classes {
          let e = exp(logits[start + c] - maximum)
          gradient[start + c] = e
          sum += e
          mass += targets[start + c]
        }
        for c in 0..<classes {
          gradient[start + c] = factor * (gradient[start + c] * mass / sum - targets[start + c])
        }
      }
    }
  }
}
