import EspalierProximalPoint
import Foundation

/// The error of one coordinate under a method, by the definition of its steps.
struct ErrorRun {
  private let method: QuadraticMethod
  private let scaledStep: Double
  private let momentum: Double
  private let start: Double

  init(_ method: QuadraticMethod, step: Double, momentum: Double, eigenvalue: Double, start: Double) {
    self.method = method
    self.momentum = momentum
    self.start = start
    scaledStep = step * eigenvalue
  }

  /// The next error, from the last two. The gradient at x is `lambda e`.
  private func next(_ error: Double, _ previous: Double) -> Double {
    switch method {
    case .gradientDescent: error - scaledStep * error
    case .proximalPoint: error / (1 + scaledStep)
    case .gradientDescentWithMomentum: error - scaledStep * error + momentum * (error - previous)
    case .proximalPointWithMomentum: (error + momentum * (error - previous)) / (1 + scaledStep)
    case .nesterov: (1 - scaledStep) * (error + momentum * (error - previous))
    }
  }

  /// The squared error after this number of steps; infinite on overflow.
  func squaredError(after steps: Int) -> Double {
    var (error, previous) = (start, start)
    for _ in 0..<steps { (error, previous) = (next(error, previous), error) }
    return error.isFinite ? error * error : .infinity
  }

  /// Whether the error vanishes: whether it shrinks from step 1000 to step 2000.
  var vanishes: Bool { factor < 1 }

  /// The factor by which the error shrinks or grows in a step: the geometric mean from step 1000 to step 2000, with
  /// rescaling to size 1 on the way; infinite on overflow.
  var factor: Double {
    var (error, previous) = (start, start)
    var logarithm = 0.0
    for step in 0..<2000 {
      (error, previous) = (next(error, previous), error)
      let size = max(abs(error), abs(previous))
      guard size > 0 else { return 0 }
      guard size.isFinite else { return .infinity }
      if step >= 1000 { logarithm += log(size) }
      (error, previous) = (error / size, previous / size)
    }
    return exp(logarithm / 1000)
  }
}
