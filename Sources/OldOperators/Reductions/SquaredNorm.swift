import Graph
import Tensors

/// The sum of the squares of all elements, one number: how large a residual is. Used by statistics.
public enum SquaredNorm: Operator {
  /// `espalier::SquaredNorm`.
  public static let name: OperatorName = .own("SquaredNorm")

  /// One number.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    _ = try invocation.floatInput(0)
    return [TensorType([1])]
  }

  /// One pass over the input, added up in double precision, eight sums side by side.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    FunctionKernel { operands in
      let elements = operands.inputs[0]!.floats
      var sums = SIMD8<Double>()
      let whole = elements.count / 8 * 8
      for start in stride(from: 0, to: whole, by: 8) {
        var lane = SIMD8<Float>()
        for i in 0..<8 { lane[i] = elements[start + i] }
        let wide = SIMD8<Double>(lane)
        sums += wide * wide
      }
      let rest = elements[whole...].reduce(0) { $0 + Double($1) * Double($1) }
      operands.outputs[0].floats[0] = Float(sums.sum() + rest)
    }
  }
}

#if OneDNN
  extension SquaredNorm: OneDNNOperator {
    /// Any order: the elements' is none of its concern.
    static func layout(_ invocation: Invocation) throws -> LayoutRule { LayoutRule(.any) }

    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      try kernel(invocation)
    }
  }
#endif
