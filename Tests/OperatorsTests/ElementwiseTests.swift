import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

@Suite struct ElementwiseTests {
  private static let shapes: [Shape] = [
    [], [1], [3], [2, 3], [1, 3], [2, 1], [1, 1], [4, 2, 3], [4, 1, 3], [4, 2, 1], [4, 1, 1], [0], [2, 0], [0, 3],
    [2, 4, 2, 3], [2, 1, 2, 1], [1, 4, 1, 3],
  ]

  /// Broadcasts two shapes by NumPy's rule, independently of the library; `nil` where they do not fit.
  private func combined(_ a: Shape, _ b: Shape) -> Shape? {
    let rank = max(a.rank, b.rank)
    let (first, second) = (
      Array(repeating: 1, count: rank - a.rank) + a.sizes, Array(repeating: 1, count: rank - b.rank) + b.sizes
    )
    guard zip(first, second).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
    return Shape(zip(first, second).map { $0 == 1 ? $1 : $0 })
  }

  @Test(arguments: Backends.all)
  func binaryOperatorsBroadcast(backend: any Backend) throws {
    let functions: [(OperatorName, (Float, Float) -> Float)] = [
      (Add.name, { $0 + $1 }), (Subtract.name, { $0 - $1 }), (Multiply.name, { $0 * $1 }), (Divide.name, { $0 / $1 }),
    ]
    var generator = SeededGenerator(seed: 1)
    for (op, function) in functions {
      for first in Self.shapes {
        for second in Self.shapes {
          let (a, b) = (Tensor.random(first, &generator), Tensor.random(second, &generator))
          guard let shape = combined(first, second) else {
            let error = anyDataError { _ = try run(op, [a, b], on: backend) }
            #expect(error?.subject == "node \"tested\" (\(op))", "\(first) and \(second)")
            continue
          }
          let expected = Tensor(shape) { function(Naive(a)[$0], Naive(b)[$0]) }
          #expect(try run(op, [a, b], on: backend) == expected, "\(op) of \(first) and \(second)")
        }
      }
    }
  }

  @Test(arguments: Backends.all)
  func unaryOperatorsFollowTheirFormulas(backend: any Backend) throws {
    let values: [Float] = [-200, -30, -2.5, -1, -0.25, 0, 0.25, 1, 2.5, 30, 200]
    let x = Tensor(shape: [1, 11], values)
    let functions: [(OperatorName, (Double) -> Double)] = [
      (Relu.name, { max($0, 0) }), (Negate.name, { -$0 }), (Sigmoid.name, { 1 / (1 + exp(-$0)) }), (Tanh.name, tanh),
      (LeakyRelu.name, { max($0, 0.01 * $0) }), (ThresholdedRelu.name, { $0 > 1 ? $0 : 0 }),
      (Elu.name, { $0 > 0 ? $0 : exp($0) - 1 }), (Celu.name, { $0 > 0 ? $0 : exp($0) - 1 }),
      (Selu.name, { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * (exp($0) - 1)) }),
      (HardSigmoid.name, { max(0, min(1, 0.2 * $0 + 0.5)) }), (HardSwish.name, { $0 * max(0, min(1, $0 / 6 + 0.5)) }),
      (Softplus.name, { $0 > 100 ? $0 : log1p(exp($0)) }), (Softsign.name, { $0 / (1 + abs($0)) }),
      (Mish.name, { $0 * tanh($0 > 100 ? $0 : log1p(exp($0))) }), (Absolute.name, { abs($0) }),
      (Gelu.name, { $0 * (1 + erf($0 / 2.squareRoot())) / 2 }), (ErrorFunction.name, erf),
      (Exponential.name, { Double(Float(exp($0))) }),
    ]
    for (op, function) in functions {
      let y = try run(op, [x], on: backend)
      #expect(y.distance(from: Tensor(shape: [1, 11], values.map { Float(function(Double($0))) })) < 1e-6, "\(op)")
    }
  }

  @Test(
    arguments: Backends.all,
    [Relu.name, Negate.name, Sigmoid.name, Tanh.name, Exponential.name, HardSwish.name, Mish.name])
  func unaryOperatorsTakeAnyShapeAndPassOnWhatIsNoNumber(backend: any Backend, op: OperatorName) throws {
    for shape in Self.shapes {
      #expect(try run(op, [Tensor(repeating: Float(1), shape: shape)], on: backend).shape == shape)
    }
    let y = try run(op, [Tensor(shape: [2], [Float.nan, .infinity])], on: backend).elements(as: Float.self)
    #expect(y[0].isNaN)
    #expect(!y[1].isNaN)
  }
}
