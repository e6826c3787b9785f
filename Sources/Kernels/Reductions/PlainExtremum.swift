import EspalierExecution
import EspalierOperators
import EspalierTensors

/// The maximum or the minimum over axes in plain Swift.
package protocol PlainExtremum: ExtremumReduction, PlainOperator {
  /// The extremum of no elements.
  static func empty<Element: Number>(_ type: Element.Type) -> Element

  /// The extremum of two elements.
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element
}

extension PlainExtremum {
  /// One pass over the input.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let type = reduced.input.elementType
    // Named explicitly, so that the compiler specialises the loop for it.
    return type == .float32 ? Self.kernel(reduced.loop, Float.self) : Self.kernel(reduced.loop, type.element)
  }

  private static func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      target.update(repeating: empty(type))
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          target[place] = value(target[place], source[start + i])
        }
      }
    }
  }
}

extension ReducedExtremumDerivative: PlainOperator {
  /// One pass that counts, and one that divides.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let loop = Broadcasting.loop(types)
    let (step, places) = (loop.step(0), types.inputs[0]!.shape.elementCount)
    return FunctionKernel { operands in
      let (dY, y) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats)
      let (x, target) = (operands.inputs[2]!.floats, operands.outputs[0].floats)
      var counts = [Float](repeating: 0, count: places)
      loop.forEachRun { start, count, offsets in
        for i in 0..<count where x[start + i] == y[offsets[0] + i * step] { counts[offsets[0] + i * step] += 1 }
      }
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          target[start + i] = x[start + i] == y[place] ? dY[place] / counts[place] : 0
        }
      }
    }
  }
}
