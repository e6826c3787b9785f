import EspalierProximalPoint
import Foundation
import Testing

/// Values, derivatives and curvatures of losses with other links than the usual.
@Suite struct LinkTests {
  private static let positive: [Double] = [0.05, 0.4, 1.3, 6]
  private static let anywhere: [Double] = [-6, -1.4, -0.2, 0.3, 1.7, 5]
  private typealias Case = (loss: any Loss, targets: [Double], points: [Double])

  static let losses: [(loss: any Loss, targets: [Double], points: [Double])] = {
    var cases: [Case] = []
    func add(_ distribution: Distribution, _ links: [Link], _ targets: [Double]) {
      for link in links {
        cases.append((LinkedLoss(distribution, link: link), targets, link == .log ? anywhere : positive))
      }
    }
    add(.gaussian, [.log, .inverse, .squareRoot], [-2, 0, 3])
    add(.poisson, [.identity, .squareRoot], [0, 1, 7])
    add(.negativeBinomial(dispersion: 0.7), [.identity, .squareRoot], [0, 1, 7])
    add(.gamma, [.inverse, .identity], [0.1, 2])
    add(.inverseGaussian, [.inverseSquared, .inverse, .identity, .log], [0.3, 2])
    cases.append((TweedieLoss(power: 1.3), [0, 0.5, 9], anywhere))
    cases.append((TweedieLoss(power: 3.5), [0.5, 9], anywhere))
    for link in [Link.probit, .complementaryLogLog, .cauchit] {
      cases.append((BinomialLinkLoss(link: link), [0, 0.3, 1], anywhere))
    }
    cases.append((BinomialLinkLoss(link: .log), [0, 0.3, 1], anywhere.filter { $0 < 0 }))
    cases.append((BinomialLinkLoss(link: .identity), [0, 0.3, 1], [0.02, 0.5, 0.9]))
    return cases
  }()

  @Test(arguments: losses.indices)
  func derivativesAreThoseOfValues(index: Int) {
    let (loss, targets, points) = Self.losses[index]
    for b in targets {
      for g in points {
        let h = 1e-5 * max(abs(g), 0.01)
        let derivative = (loss.value(g + h, b) - loss.value(g - h, b)) / (2 * h)
        #expect(abs(derivative - loss.derivative(g, b)) < 1e-5 * max(1, abs(derivative)), "\(loss.name) \(g) \(b)")
        let curvature = (loss.derivative(g + h, b) - loss.derivative(g - h, b)) / (2 * h)
        #expect(
          abs(curvature - loss.secondDerivative(g, b)) < 1e-5 * max(1, abs(curvature)), "\(loss.name) \(g) \(b)")
        if loss.isConvex {
          #expect(curvature >= -1e-6, "\(loss.name) \(g) \(b)")
          #expect(abs(curvature - loss.curvature(g, b)) < 1e-5 * max(1, abs(curvature)), "\(loss.name) \(g) \(b)")
        }
        #expect(loss.curvature(g, b) >= 0)
      }
    }
  }

  /// Where a loss is not convex, its curvature is the second derivative for a target equal to the mean.
  @Test(arguments: losses.indices)
  func curvatureIsFishersInformationWhereItMustBe(index: Int) {
    let (loss, _, points) = Self.losses[index]
    for g in points {
      let (h, b) = (1e-5 * max(abs(g), 0.01), loss.mean(g))
      let curvature = (loss.derivative(g + h, b) - loss.derivative(g - h, b)) / (2 * h)
      #expect(abs(curvature - loss.curvature(g, b)) < 1e-5 * max(1, abs(curvature)), "\(loss.name) \(g)")
    }
  }

  /// Those called convex are, and of the others each has a point of negative curvature.
  @Test(arguments: losses.indices)
  func convexityIsAsSaid(index: Int) {
    let (loss, targets, points) = Self.losses[index]
    var least = Double.infinity
    for b in targets {
      for g in stride(from: points.min()!, through: points.max()!, by: 0.01) {
        least = min(least, (loss.derivative(g + 1e-6, b) - loss.derivative(g - 1e-6, b)) / 2e-6)
      }
    }
    #expect(loss.isConvex == (least > -1e-6), "\(loss.name): \(least)")
  }

  @Test(arguments: losses.indices)
  func minimaAreInfima(index: Int) {
    let (loss, targets, _) = Self.losses[index]
    for b in targets {
      let values = stride(from: -40, through: 40, by: 0.01).map { loss.value($0, b) }
      let minimum = loss.minimum(b)
      #expect(values.min()! >= minimum - 1e-9 * max(1, abs(minimum)), "\(loss.name) \(b)")
      guard loss.name.hasPrefix("Gaussian") == false || b > 0 else { continue }
      #expect(values.min()! <= minimum + 0.05 * max(1, abs(minimum)), "\(loss.name) \(b)")
    }
  }

  @Test(arguments: losses.indices)
  func outsideOfTheDomainNothingIsPossible(index: Int) {
    let (loss, targets, _) = Self.losses[index]
    for g in [loss.domain.lower, loss.domain.upper, loss.domain.lower - 1, loss.domain.upper + 1] where g.isFinite {
      #expect(!loss.domain.contains(g) && loss.value(g, targets[1]) == .infinity && loss.curvature(g, targets[1]) == 0)
      #expect(loss.derivative(g, targets[1]) < 0 ? g <= loss.domain.lower : g >= loss.domain.upper)
    }
  }

  /// Probit far out: `log Phi(-40)` and its slope, by the asymptotic series, where Phi itself is 0.
  @Test func tailsDoNotUnderflow() {
    let loss = BinomialLinkLoss(link: .probit)
    #expect(abs(loss.value(-40, 1) - 804.608_442_013_754) < 1e-9)
    #expect(abs(loss.derivative(-40, 1) + 40.024_968_847_210_9) < 1e-9)
    #expect(BinomialLinkLoss(link: .complementaryLogLog).value(-800, 1) == 800)
    for g in [-8.000_001, -7.999_999] { #expect(abs(loss.derivative(g, 1) + 8.121_368) < 2e-5) }
  }

  /// The powers 1 and 2 are limits of Tweedie's.
  @Test func tweedieJoinsPoissonAndGamma() {
    for g in Self.anywhere {
      #expect(abs(TweedieLoss(power: 1 + 1e-9).derivative(g, 3) - PoissonLoss().derivative(g, 3)) < 1e-5)
      #expect(abs(TweedieLoss(power: 2 - 1e-9).derivative(g, 3) - GammaLoss().derivative(g, 3)) < 1e-5)
    }
  }
}
