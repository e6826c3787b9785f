import EspalierLinearAlgebra

/// What the theory of i-SpaSP says of one pruned group, beside what came out.
package struct GroupTheory: Hashable, Sendable, Codable {
  /// What the theorem amounts to.
  package enum Verdict: String, Hashable, Sendable, Codable {
    /// It bounds the residual below that of keeping nothing.
    case promises
    /// Its bound is above the residual of keeping nothing.
    case vacuous
    /// Its condition is violated: the restricted isometry constant is too large.
    case notIsometric
    /// Its condition could not be decided: the threshold lies between the bounds on the constant.
    case undecided
  }

  /// The number of units kept, s.
  package let kept: Int
  /// The number of units.
  package let units: Int
  /// The number of outputs of the layers that read them.
  package let outputs: Int
  /// The power law of the units' sizes; `nil` for fewer than three units that are not silent.
  package let compressibility: Compressibility?
  /// The restricted isometry constant of order min(3s, units) of the importance operator.
  package let isometry: RestrictedIsometry
  /// The bound of the theorem.
  package let bound: RecoveryBound
  /// `|| U - U_S ||_F^2` for the support S at which i-SpaSP ends, the weights unchanged; `nil` if statistics hold sums
  /// alone.
  package let residual: Double?
  /// `|| W H ||_F^2`, the residual of keeping nothing; `nil` likewise.
  package let emptyResidual: Double?
  /// The residual of the s largest units, which the theorem compares with; `nil` likewise.
  package let largestResidual: Double?
  /// The residual of the units that the pruning kept, by whatever method, the weights unchanged; `nil` likewise.
  package let chosenResidual: Double?
  /// The share of the s largest units that i-SpaSP finds.
  package let foundShare: Double
  /// The verdict.
  package let verdict: Verdict

  /// The theory of keeping `chosen` of the units of `problem`, fewer than all.
  ///
  /// - Complexity: O(outputs x units^2) for each tap, and what ``RestrictedIsometry`` takes.
  package init(of problem: SelectionProblem, keeping chosen: [Int]) {
    let (count, units) = (chosen.count, problem.unitCount)
    kept = count
    self.units = units
    outputs = problem.consumers.reduce(0) { $0 + $1.weight.rows }
    compressibility = Compressibility(sizes: problem.hiddenSize)
    isometry = RestrictedIsometry(
      of: problem.importanceOperator, order: min(3 * count, units), rank: problem.importanceRank)
    bound = RecoveryBound(keeping: count, of: problem, isometry: isometry, gain: problem.gain(of: count))
    // The rank of the support falls with every change, so that the loop ends before this.
    let fixedPoint = ISpaSP(iterations: count * (units - count) + 2).select(count, of: problem)
    let largest = (0..<units).largest(count, by: problem.hiddenSize)
    residual = fixedPoint.residual
    emptyResidual = problem.residual(keeping: [])
    largestResidual = problem.residual(keeping: largest)
    chosenResidual = problem.residual(keeping: chosen)
    foundShare = Double(Set(largest).intersection(fixedPoint.kept).count) / Double(count)
    verdict =
      if let promised = bound.residual {
        promised < emptyResidual ?? .infinity ? .promises : .vacuous
      } else {
        isometry.lower >= RecoveryBound.threshold ? .notIsometric : .undecided
      }
  }

  /// The residual of i-SpaSP over that of keeping nothing; `nil` if it is not known.
  package var relativeResidual: Double? { relative(residual) }

  /// The bound over the residual of keeping nothing; `nil` if there is none.
  package var relativeBound: Double? { relative(bound.residual) }

  /// `residual` over that of keeping nothing.
  package func relative(_ residual: Double?) -> Double? {
    guard let residual, let emptyResidual, emptyResidual > 0 else { return nil }
    return residual / emptyResidual
  }
}

extension SelectionProblem {
  /// The rank that ``importanceOperator`` has at most, if it is `W^T W`: for one dense layer whose inputs are not
  /// negative. `nil` otherwise.
  package var importanceRank: Int? {
    guard consumers.count == 1, consumers[0].tapSums.taps == 1,
      consumers[0].statistics.channelSizes == consumers[0].tapSums.channelSums,
      consumers[0].channels.allSatisfy({ $0.count == 1 })
    else { return nil }
    return consumers[0].weight.rows
  }
}
