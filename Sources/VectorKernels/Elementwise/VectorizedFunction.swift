import EspalierExecution
import EspalierOperators

/// A function of one number that is computed for eight numbers at once.
package protocol VectorizedFunction: UnaryOperator, VectorOperator {
  /// `f(x)`.
  func values(_ x: SIMD8<Float>) -> SIMD8<Float>

  /// `f'(x)`, from `x` and `y = f(x)`.
  func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float>

  /// Computes `Y = f(X)`. It is a requirement, not only an extension property, so that the compiler specialises the
  /// loop for each operator instead of dispatching `f` for every element.
  var rowKernel: any Kernel { get }

  /// Computes `dX = dY f'(X)` from `dY`, `X` and `Y`; a requirement for the same reason.
  var derivativeRowKernel: any Kernel { get }
}

extension VectorizedFunction {
  /// Any order that fits all operands.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { .elementwise(node) }

  /// Divides the operands among threads, each computing eight numbers at a time.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    ElementwiseParts(node.types, in: order) { _ in rowKernel }
  }

  /// One loop, eight numbers at a time.
  package var rowKernel: any Kernel {
    FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats)
      guard let target = y.baseAddress else { return }
      VectorMath.forEach(
        y.count, { VectorMath.store(values(VectorMath.load(x, $0)), target, $0) },
        rest: { target[$0] = values(SIMD8(repeating: x[$0]))[0] })
    }
  }

  /// `dX = dY f'(X)`, eight numbers at a time.
  package var derivativeRowKernel: any Kernel {
    FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let (dY, x, y, dX) = (inputs[0], inputs[1], inputs[2], operands.outputs[0].floats)
      guard let target = dX.baseAddress else { return }
      VectorMath.forEach(
        dX.count,
        { place in
          let slope = derivatives(VectorMath.load(x, place), VectorMath.load(y, place))
          VectorMath.store(VectorMath.load(dY, place) * slope, target, place)
        },
        rest: { target[$0] = dY[$0] * derivatives(SIMD8(repeating: x[$0]), SIMD8(repeating: y[$0]))[0] })
    }
  }
}

extension UnaryDerivative: VectorOperator where Function: VectorizedFunction {
  /// Any order that fits all operands.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { .elementwise(node) }

  /// Divides the operands among threads, each computing eight numbers at a time.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    ElementwiseParts(node.types, in: order) { _ in function.derivativeRowKernel }
  }
}
