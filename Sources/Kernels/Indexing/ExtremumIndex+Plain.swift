import EspalierExecution
import EspalierOperators
import EspalierTensors

/// An operator that finds the index of the best element along an axis.
package protocol PlainExtremumIndex: ExtremumIndex, PlainOperator {
  /// Whether `a` is preferred to `b`.
  static func isBetter<Element: Comparable>(_ a: Element, than b: Element) -> Bool
}

extension ArgMax: PlainExtremumIndex {
  /// `a > b`.
  package static func isBetter<Element: Comparable>(_ a: Element, than b: Element) -> Bool { a > b }
}

extension ArgMin: PlainExtremumIndex {
  /// `a < b`.
  package static func isBetter<Element: Comparable>(_ a: Element, than b: Element) -> Bool { a < b }
}

extension PlainExtremumIndex {
  /// One pass over the input.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    kernel(IndexedSlices(extremum.input.shape, axis: extremum.axis), extremum.input.elementType.number!)
  }

  private func kernel<Element: Number>(_ slices: IndexedSlices, _ type: Element.Type) -> any Kernel {
    let takesLast = extremum.takesLast
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: Int64.self)
      for o in 0..<slices.outer {
        for i in 0..<slices.inner {
          let first = o * slices.size * slices.inner + i
          var best = 0
          for index in 1..<max(slices.size, 1) {
            let (a, b) = (source[first + index * slices.inner], source[first + best * slices.inner])
            if Self.isBetter(a, than: b) || takesLast && a == b { best = index }
          }
          target[o * slices.inner + i] = Int64(best)
        }
      }
    }
  }
}
