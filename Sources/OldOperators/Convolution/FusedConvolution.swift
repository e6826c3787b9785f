import Graph
import Tensors

/// A convolution whose outputs are held between two bounds: `Y = min(max(conv(X, W, B), least), greatest)`.
///
/// Inputs and attributes are those of ``Conv``, with `least` and `greatest` (infinite where left out). Made where a network is only run,
/// of a convolution and what follows it: normalisation by stored statistics is worked into W and B, and a rectifier costs no pass
/// over memory of its own.
public enum FusedConvolution: Operator {
  /// `espalier::FusedConvolution`.
  public static let name: OperatorName = .own("FusedConvolution")

  /// As of a convolution.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { try Conv.infer(invocation) }

  /// As of a convolution.
  public static func cost(_ invocation: Invocation) throws -> Cost { try Conv.cost(invocation) }

  /// The plain convolution, then one loop over its outputs.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let (convolution, bounds) = (try Conv.kernel(invocation), try bounds(invocation))
    return FunctionKernel { operands in
      convolution.run(operands)
      let y = operands.outputs[0].floats
      for i in 0..<y.count { y[i] = bounds(y[i]) }
    }
  }

  static func bounds(_ invocation: Invocation) throws -> Bounds {
    Bounds(
      least: try invocation.float("least", default: -.infinity),
      greatest: try invocation.float("greatest", default: .infinity))
  }
}

/// The two numbers that a result is held between.
public struct Bounds: Hashable, Sendable {
  /// The smallest result.
  public var least: Float
  /// The largest result.
  public var greatest: Float

  /// What holds nothing back.
  public static let none = Bounds(least: -.infinity, greatest: .infinity)

  /// `min(max(x, least), greatest)`.
  func callAsFunction(_ x: Float) -> Float { min(max(x, least), greatest) }
}

#if OneDNN
  extension FusedConvolution: OneDNNOperator {
    static func layout(_ invocation: Invocation) throws -> LayoutRule { try Conv.layout(invocation) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      ConvolutionPrimitive(.forward, try Conv.geometry(invocation), invocation, bounds: try bounds(invocation))
    }
  }
#endif
