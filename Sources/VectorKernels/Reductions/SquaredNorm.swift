import EspalierExecution
import EspalierOperators

extension SquaredNorm: VectorOperator {
  /// Any order: the sum does not depend on it.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.any) }

  /// One pass over the input with eight parallel sums in double precision.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
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
