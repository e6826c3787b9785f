/// Simultaneous orthogonal matching pursuit: starts empty and adds, one at a time, the unit that lowers the *re-fitted*
/// residual most.
///
/// Source: J. Tropp, A. Gilbert and M. Strauss, "Algorithms for simultaneous sparse approximation, part I: greedy
/// pursuit" (Signal Processing 2006); here the signals are the layer's outputs and the atoms its inputs. Complexity:
/// O(outputs x channels^2) to set up, then O(channels x (channels + outputs)) for each unit added, for each consumer.
package struct OrthogonalMatchingPursuit: SelectionMethod {
  /// `omp`.
  package static let identifier = "omp"
  /// The title in reports.
  package static let title = "OMP"
  /// Second moments, which determine the re-fit.
  package static let need = StatisticsNeed.secondMoments

  /// The ridge of the anticipated re-fit.
  package var ridge: Ridge

  /// The method for use before a re-fit with `ridge`.
  package init(ridge: Ridge = Ridge()) {
    self.ridge = ridge
  }

  /// Adds `count` units.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    var forms = problem.regressions.map { RefittedProblem($0, ridge: ridge) }
    var open = Array(0..<problem.unitCount)
    var kept: [Int] = []
    for _ in 0..<min(count, problem.unitCount) {
      var best = (position: 0, decrease: -Double.infinity)
      for (position, unit) in open.enumerated() {
        let decrease = forms.reduce(0) { $0 + $1.decrease(eliminating: unit) }
        if decrease > best.decrease { best = (position, decrease) }
      }
      let unit = open.remove(at: best.position)
      kept.append(unit)
      for index in forms.indices { forms[index].eliminate(unit) }
    }
    return Selection(keeping: kept, of: problem)
  }
}
