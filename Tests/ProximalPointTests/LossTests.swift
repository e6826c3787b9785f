import EspalierProximalPoint
import Foundation
import Testing

/// Values, derivatives and proximal steps of each loss.
@Suite struct LossTests {
  static let losses: [(loss: any Loss, targets: [Double])] = [
    (SquaredLoss(), [-3, 0, 2.5]), (LogisticLoss(), [0, 1, 0.3]), (PoissonLoss(), [0, 1, 40]),
    (GammaLoss(), [1e-3, 1, 50]), (NegativeBinomialLoss(dispersion: 0.5), [0, 1, 40]),
    (NegativeBinomialLoss(dispersion: 20), [0, 3]), (HuberLoss(threshold: 1.5), [-2, 0, 3]),
    (QuantileLoss(quantile: 0.3), [-1, 2]), (HingeLoss(), [-1, 1]), (SquaredHingeLoss(), [-1, 1]),
  ]
  private static let points = [-30, -5, -1.7, -0.4, 0.3, 0.9, 2.2, 6, 25]
  private static let powers = stride(from: -12, through: 12, by: 3).map { pow(10, Double($0)) }

  @Test(arguments: losses.indices)
  func derivativesAreThoseOfValues(index: Int) {
    let (loss, targets) = Self.losses[index]
    for b in targets {
      for g in Self.points where abs(g) < 20 {
        let h = 1e-5
        let derivative = (loss.value(g + h, b) - loss.value(g - h, b)) / (2 * h)
        #expect(abs(derivative - loss.derivative(g, b)) < 1e-5 * max(1, abs(derivative)), "\(loss.name) \(g) \(b)")
        let curvature = (loss.derivative(g + h, b) - loss.derivative(g - h, b)) / (2 * h)
        #expect(abs(curvature - loss.curvature(g, b)) < 1e-5 * max(1, abs(curvature)), "\(loss.name) \(g) \(b)")
      }
    }
  }

  @Test(arguments: losses.indices)
  func minimaAreInfima(index: Int) {
    let (loss, targets) = Self.losses[index]
    for b in targets {
      let values = stride(from: -40, through: 40, by: 0.01).map { loss.value($0, b) }
      let minimum = loss.minimum(b)
      #expect(values.min()! >= minimum - 1e-12)
      #expect(values.min()! <= minimum + 1e-3 * max(1, abs(minimum)))
    }
  }

  /// The proximal step by bisection of `F(xi) = xi + step l'(c + xi q)` in the bracket, as the definition says.
  private func bisected(_ loss: any Loss, _ c: Double, _ b: Double, _ step: Double, _ q: Double) -> Double {
    let r = -step * loss.derivative(c, b)
    var (low, high) = (min(0, r), max(0, r))
    for _ in 0..<2000 {
      let middle = low / 2 + high / 2
      if middle + step * loss.derivative(c + middle * q, b) > 0 { high = middle } else { low = middle }
    }
    return high
  }

  @Test(arguments: losses.indices)
  func proximalStepsSolveTheirEquation(index: Int) {
    let (loss, targets) = Self.losses[index]
    for b in targets {
      for c in Self.points {
        for step in Self.powers {
          for q in Self.powers {
            let xi = loss.proximalDisplacement(from: c, target: b, step: step, squaredNorm: q)
            let expected = bisected(loss, c, b, step, q)
            // Rounding of the predictor moves the root by its curvature's share.
            let share = step * q * loss.curvature(c + expected * q, b)
            let derivatives = abs(loss.derivative(c, b)) + abs(b) + 1
            let noise = 1e-13 * (abs(c) / q * share / (1 + share) + step * derivatives / (1 + share))
            #expect(
              abs(xi - expected) <= 1e-11 * abs(expected) + noise,
              "\(loss.name) from \(c), target \(b), step \(step), norm \(q): \(xi) \(expected)")
          }
        }
      }
    }
  }

  @Test(arguments: losses.indices)
  func hugePredictorsAreHarmless(index: Int) {
    let (loss, targets) = Self.losses[index]
    for b in targets {
      for c in [-1e6, -5000, -700, 700, 5000, 1e6] {
        for step in Self.powers {
          for q in Self.powers {
            let xi = loss.proximalDisplacement(from: c, target: b, step: step, squaredNorm: q)
            // The answer may overflow where the exact solution does, as with a step of 1e12 from e^-c.
            if step * q >= 1e-3 { #expect(xi.isFinite, "\(loss.name) from \(c), \(b), \(step), \(q)") }
            let g = c + xi * q
            if xi.isFinite {
              // The solution lies between where it started and the minimum, within rounding of the predictor.
              #expect(loss.value(g, b) <= loss.value(c, b) + 1e-9 * abs(c), "\(loss.name) \(c) \(b) \(step) \(q)")
            }
          }
        }
      }
    }
  }

  @Test func derivativesOfHugePredictorsAreNumbers() {
    for (loss, targets) in Self.losses {
      for b in targets {
        for g in [-1e4, -700, 700, 1e4] {
          #expect(!loss.value(g, b).isNaN)
          #expect(!loss.derivative(g, b).isNaN)
          #expect(!loss.curvature(g, b).isNaN && loss.curvature(g, b) >= 0)
        }
      }
    }
  }

  @Test func omegaSolvesItsEquation() {
    for s in [-700, -60, -50.1, -49.9, -20, -2.1, -1.9, 0, 0.5, 1, 1.4, 1.6, 3, 100, 1e4, 1e10, 1e16, 1e18] {
      let w = WrightOmega.value(s)
      #expect(w > 0)
      #expect(abs(w + log(w) - s) <= 1e-14 * max(1, abs(s)), "\(s)")
    }
    #expect(abs(WrightOmega.value(1) - 1) < 1e-15)
    #expect(abs(WrightOmega.value(0) - 0.567_143_290_409_783_87) < 1e-15)
  }

  /// A loss that counts how often its derivative is asked for.
  private struct Counting: Loss {
    final class Count: @unchecked Sendable { var value = 0 }
    let base: any Loss
    let count = Count()
    var name: String { base.name }
    func value(_ g: Double, _ b: Double) -> Double { base.value(g, b) }
    func derivative(_ g: Double, _ b: Double) -> Double {
      count.value += 1
      return base.derivative(g, b)
    }
    func curvature(_ g: Double, _ b: Double) -> Double { base.curvature(g, b) }
    func minimum(_ b: Double) -> Double { base.minimum(b) }
  }

  /// The general equation, also for losses with a closed form, which it must agree with.
  @Test(arguments: losses.indices)
  func equationsEndWithinTheirBound(index: Int) {
    let (loss, targets) = Self.losses[index]
    let counting = Counting(base: loss)
    var most = 0
    for b in targets {
      for c in Self.points + [-1e6, -700, 700, 1e6] {
        for step in Self.powers {
          for q in Self.powers {
            counting.count.value = 0
            let xi = counting.proximalDisplacement(from: c, target: b, step: step, squaredNorm: q)
            most = max(most, counting.count.value)
            let closed = loss.proximalDisplacement(from: c, target: b, step: step, squaredNorm: q)
            let share = step * q * loss.curvature(c + closed * q, b)
            let derivatives = min(abs(loss.derivative(c, b)), 1e30) + abs(b) + 1
            let noise = 1e-12 * (abs(c) / q + abs(closed) + step * derivatives / (1 + share))
            if xi.isFinite && closed.isFinite {
              #expect(abs(xi - closed) <= noise, "\(loss.name) \(c) \(b) \(step) \(q)")
            }
          }
        }
      }
    }
    #expect(most <= ScalarEquation.maximumEvaluations + 1)
  }
}
