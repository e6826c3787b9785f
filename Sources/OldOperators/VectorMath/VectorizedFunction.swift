/// A function of one number that is computed for eight at once.
protocol VectorizedFunction: UnaryOperator {
  /// `f(x)`.
  func values(_ x: SIMD8<Float>) -> SIMD8<Float>

  /// `f'(x)`, from `x` and `y = f(x)`.
  func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float>
}

extension VectorizedFunction {
  /// `f(x)`, as for eight.
  public func value(_ x: Float) -> Float { values(SIMD8(repeating: x))[0] }

  /// `f'(x)`, as for eight.
  public func derivative(_ x: Float, _ y: Float) -> Float {
    derivatives(SIMD8(repeating: x), SIMD8(repeating: y))[0]
  }

  /// One loop, eight numbers at a time.
  public var valueKernel: any Kernel {
    FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats)
      guard let target = y.baseAddress else { return }
      VectorMath.forEach(
        y.count, { VectorMath.store(values(VectorMath.load(x, $0)), target, $0) }, rest: { target[$0] = value(x[$0]) })
    }
  }

  /// `dX = dY f'(X)`, eight numbers at a time.
  public var derivativeKernel: any Kernel {
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
        rest: { target[$0] = dY[$0] * derivative(x[$0], y[$0]) })
    }
  }
}
