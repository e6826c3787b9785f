import EspalierProximalPoint
import EspalierTensors
import Foundation

/// The paper's first experiment: the region of step sizes and momenta in which each method converges on a quadratic.
///
/// `f(x) = x^T A x / 2 - b^T x` in p = 100 dimensions, eigenvalues of A linear from 1 to the condition number 10, x*
/// Gaussian, start at 0. eta and beta range from -5 to 5 in steps of 0.2. The computation is in the eigenbasis of A,
/// where a method is p independent recurrences; distances to x* and the Gaussian distribution are invariant under the
/// rotation.
///
/// Source: J. L. Kim, P. Toulis, A. Kyrillidis (L4DC 2022), section 3 and figure 1.
package struct QuadraticMap: Sendable, Codable {
  /// A cell of the map in which theory and simulation differ.
  package struct Disagreement: Sendable, Codable {
    /// The step size.
    package let step: Double
    /// The momentum.
    package let momentum: Double
    /// The spectral radius of the method.
    package let spectralRadius: Double
  }

  /// The method.
  package let method: QuadraticMethod
  /// `||x_100 - x*||^2`, at most `cap`: a row for each momentum, a column for each step size.
  package let distances: [[Double]]
  /// The cells in which theory and simulation differ.
  package let disagreements: [Disagreement]
  /// The number of cells so near the boundary (a spectral radius within 1e-9 of 1) that rounding decides.
  package let undecidedCount: Int
  /// The number of decided cells in which the paper's condition for PPAM, as printed, differs from the simulation;
  /// `nil` for other methods.
  package let publishedMistakeCount: Int?
  /// The number of the other cells in which theory and simulation agree.
  package let agreeingCount: Int

  /// Step sizes and momenta of the map.
  package static let grid = (-25...25).map { Double($0) / 5 }
  /// The largest distance shown.
  package static let cap = 10.0
  /// The methods of the paper, in its order.
  package static let methods: [QuadraticMethod] = [
    .gradientDescent, .proximalPoint, .gradientDescentWithMomentum, .proximalPointWithMomentum,
  ]

  private static let dimension = 100
  private static let conditionNumber = 10.0
  private static let iterations = 100

  /// Runs the method in every cell, with x* drawn from `seed`.
  package init(_ method: QuadraticMethod, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let eigenvalues = (0..<Self.dimension).map {
      1 + (Self.conditionNumber - 1) * Double($0) / Double(Self.dimension - 1)
    }
    let solution = eigenvalues.map { _ in generator.normal() }
    var distances: [[Double]] = []
    var disagreements: [Disagreement] = []
    var (agreeing, undecided, published) = (0, 0, 0)
    for momentum in Self.grid {
      var row: [Double] = []
      for step in Self.grid {
        let runs = zip(eigenvalues, solution).map { eigenvalue, solution in
          ErrorRun(method, step: step, momentum: momentum, eigenvalue: eigenvalue, start: -solution)
        }
        let distance = runs.reduce(0) { $0 + $1.squaredError(after: Self.iterations) }
        row.append(distance < Self.cap ? distance : Self.cap)
        let radius = eigenvalues.map {
          method.spectralRadius(step: step, momentum: momentum, eigenvalue: $0)
        }.max()!
        guard abs(radius - 1) > 1e-9 else {
          undecided += 1
          continue
        }
        let predicted = method.converges(step: step, momentum: momentum, eigenvalues: eigenvalues)
        let vanishes = runs.allSatisfy(\.vanishes)
        let asPrinted = eigenvalues.allSatisfy {
          QuadraticMethod.publishedCondition(step: step, momentum: momentum, eigenvalue: $0)
        }
        if asPrinted != vanishes { published += 1 }
        if predicted == vanishes {
          agreeing += 1
        } else {
          disagreements.append(Disagreement(step: step, momentum: momentum, spectralRadius: radius))
        }
      }
      distances.append(row)
    }
    self.method = method
    self.distances = distances
    self.disagreements = disagreements
    publishedMistakeCount = method == .proximalPointWithMomentum ? published : nil
    agreeingCount = agreeing
    undecidedCount = undecided
  }

  /// The share of decided cells in which theory and simulation agree.
  package var agreement: Double {
    Double(agreeingCount) / Double(agreeingCount + disagreements.count)
  }

  /// The share of all cells with a final distance within the cap.
  package var convergedShare: Double {
    let cells = distances.flatMap { $0 }
    return Double(cells.count { $0 < Self.cap }) / Double(cells.count)
  }
}
