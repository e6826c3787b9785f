import Foundation
import Graph
import Tensors

/// Local response normalisation: `Y[c] = X[c] / s[c]^beta` with `s[c] = bias + alpha / size sum over j of X[j]^2`, the sum over the
/// `size` channels around `c`.
public enum LRN: Operator {
  /// `LRN`.
  public static let name: OperatorName = "LRN"

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let type = try invocation.floatInput(0)
    guard type.shape.rank >= 2 else { throw invocation.error("has no channels in an input of shape \(type.shape)") }
    _ = try ResponseWindow(invocation)
    return [type]
  }

  /// Every axis goes with itself; the channels stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = AxisRule.identity(rank: try invocation.input(0).shape.rank)
    rule.frozen = [FrozenAxis(PortAxis(.input(0), 1), "normalises over it")]
    return rule
  }

  /// Plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let window = try ResponseWindow(invocation)
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
      planes.forEach { channel, start in
        for i in start..<start + planes.size { y[i] = x[i] * pow(window.sum(x, i, channel, planes), -window.beta) }
      }
    }
  }

  /// By ``LRNDerivative``.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    gradients.set(
      gradients.add(
        LRNDerivative.name, [gradients.outputGradient, gradients.input(0)], gradients.invocation.node.attributes),
      forInput: 0)
  }
}

/// `dX[c] = dY[c] s[c]^-beta - 2 alpha beta / size X[c] sum over j of dY[j] X[j] s[j]^(-beta - 1)`, the sum over the channels `j` whose
/// window `c` lies in; from `dY` and `X`.
public enum LRNDerivative: Operator {
  /// `espalier::LRNDerivative`.
  public static let name: OperatorName = .own("LRNDerivative")

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(1)] }

  /// Plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let window = try ResponseWindow(invocation)
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    return FunctionKernel { operands in
      let (dY, x) = (operands.inputs[0]!.floats.baseAddress!, operands.inputs[1]!.floats.baseAddress!)
      let dX = operands.outputs[0].floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      planes.forEach { channel, start in
        for i in start..<start + planes.size {
          let sum = window.sum(x, i, channel, planes)
          let power = pow(sum, -window.beta)
          dX[i] += dY[i] * power
          let shared = 2 * window.alpha * window.beta / Float(window.size) * dY[i] * x[i] * power / sum
          for other in window.channels(around: channel, of: planes.channels) {
            let place = i + (other - channel) * planes.size
            dX[place] -= shared * x[place]
          }
        }
      }
    }
  }
}

/// The channels that local response normalisation looks at, and its factors.
private struct ResponseWindow: Sendable {
  let size: Int
  let alpha: Float
  let beta: Float
  let bias: Float

  init(_ invocation: Invocation) throws {
    size = try invocation.int("size", default: 0)
    guard (1...1 << 20).contains(size) else { throw invocation.error("cannot normalise over \(size) channels") }
    alpha = try invocation.float("alpha", default: 1e-4)
    beta = try invocation.float("beta", default: 0.75)
    bias = try invocation.float("bias", default: 1)
  }

  func channels(around channel: Int, of count: Int) -> Range<Int> {
    max(0, channel - (size - 1) / 2)..<min(count, channel + size / 2 + 1)
  }

  /// `s` at `place`, which belongs to `channel`.
  func sum(_ x: UnsafePointer<Float>, _ place: Int, _ channel: Int, _ planes: ChannelPlanes) -> Float {
    var sum: Float = 0
    for other in channels(around: channel, of: planes.channels) {
      let value = x[place + (other - channel) * planes.size]
      sum += value * value
    }
    return bias + alpha / Float(size) * sum
  }
}
