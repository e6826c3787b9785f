import EspalierPruning

/// A selection method of one's own: a pure function of what is known of a group's units.
public protocol SelectionMethod: Sendable {
  /// The name on the command line and in reports.
  static var name: String { get }

  /// Chooses `count` of the units, `1 <= count <= units.count`.
  func select(_ count: Int, of units: Units) -> [Int]
}

/// The units of one group, as a selection method sees them: statistics of the activations and the weights that read
/// them.
public struct Units: Sendable {
  let problem: SelectionProblem

  /// How many there are.
  public var count: Int { problem.unitCount }

  /// For each unit, `|| H_i ||_1`: the sum of the absolute values of its activations over the calibration samples.
  public var sizes: [Double] { problem.hiddenSize }

  /// `Q_ij`, row by row: what units i and j contribute to the next layer's output together, `< W_i H_i, W_j H_j >`.
  /// `|| U - U_S ||_F^2`, the residual of keeping S, is the sum of Q over pairs outside of S.
  public var interactions: [[Double]] {
    guard let interaction = problem.interaction else { return [] }
    return (0..<count).map { Array(interaction.row($0)) }
  }

  /// The residual of keeping these units with their weights unchanged, over the output's energy `|| U ||_F^2`.
  public func relativeResidual(keeping kept: [Int]) -> Double {
    guard let residual = problem.residual(keeping: kept), let energy = problem.outputEnergy else { return .nan }
    return residual / max(energy, .leastNormalMagnitude)
  }

  /// The `count` indices whose entries in `scores` are largest; of equal ones the lower first.
  public func largest(_ count: Int, by scores: [Double]) -> [Int] {
    Array(scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(count))
  }
}

/// A client's method where the project's own are.
struct ClientMethod<Method: SelectionMethod>: EspalierPruning.SelectionMethod {
  static var identifier: String { Method.name }
  static var title: String { Method.name }
  static var need: StatisticsNeed { .secondMoments }

  private let method: Method

  init(_ method: Method) {
    self.method = method
  }

  func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    let kept = method.select(count, of: Units(problem: problem))
    precondition(
      kept.count == count && Set(kept).count == count && kept.allSatisfy((0..<problem.unitCount).contains),
      "\(Method.name) must choose \(count) different units of \(problem.unitCount)")
    return Selection(kept: kept.sorted(), residual: problem.residual(keeping: kept))
  }
}
