import Graph
import Tensors

/// The product over axes: `Y = product X`.
public enum ReduceProd: FoldedReduction {
  /// `ReduceProd`.
  public static let name: OperatorName = "ReduceProd"

  /// 1.
  public static var start: Double { 1 }

  /// `p x`.
  public static func fold(_ result: Double, _ x: Double) -> Double { result * x }

  /// `dY` times the product of all others.
  public static func gradient(_ gradients: inout GradientBuilder, dY: String, y: String) throws -> String {
    gradients.add(ReduceProdDerivative.name, [dY, gradients.input(0)])
  }
}

/// The derivative of ``ReduceProd``: `dY` times the product of all other elements along the axes. Inputs `dY`, with the axes at size 1,
/// and `X`.
public enum ReduceProdDerivative: Operator {
  /// `espalier::ReduceProdDerivative`.
  public static let name: OperatorName = .own("ReduceProdDerivative")

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let (dY, x) = (try invocation.floatInput(0), try invocation.floatInput(1))
    guard try invocation.broadcastShape() == x.shape else {
      throw invocation.error("a gradient of \(dY) does not fit \(x)")
    }
    return [x]
  }

  /// One pass that multiplies and counts zeros, and one that divides.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let loop = try invocation.broadcastLoop()
    let (step, places) = (loop.step(0), try invocation.input(0).shape.elementCount)
    return FunctionKernel { operands in
      let (dY, x, target) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats, operands.outputs[0].floats)
      var products = [Double](repeating: 1, count: places)
      var zeros = [Int](repeating: 0, count: places)
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let place = offsets[0] + i * step
          if x[start + i] == 0 { zeros[place] += 1 } else { products[place] *= Double(x[start + i]) }
        }
      }
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          let (place, element) = (offsets[0] + i * step, Double(x[start + i]))
          let others = element == 0 ? zeros[place] - 1 : zeros[place]
          target[start + i] =
            others > 0 ? 0 : dY[place] * Float(element == 0 ? products[place] : products[place] / element)
        }
      }
    }
  }
}
