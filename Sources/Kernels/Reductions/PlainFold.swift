import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A reduction in plain Swift that folds one element after another in double precision.
package protocol PlainFold: FoldedReduction, PlainOperator {
  /// The initial value of the fold.
  static var start: Double { get }

  /// Folds one more element into the result.
  static func fold(_ result: Double, _ x: Double) -> Double

  /// Turns the folded result into the output.
  static func finish(_ result: Double) -> Double
}

extension PlainFold {
  /// Returns the folded result unchanged.
  package static func finish(_ result: Double) -> Double { result }

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
      var results = [Double](repeating: start, count: target.count)
      loop.forEachRun { first, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          results[place] = fold(results[place], source[first + i].double)
        }
      }
      for i in 0..<target.count { target[i] = Element(double: finish(results[i])) }
    }
  }
}
