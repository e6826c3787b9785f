/// A greedy method followed by local search: a kept and a dropped unit change places while the re-fitted residual
/// falls.
///
/// A pass tries each kept unit once, in ascending order, and exchanges it for the dropped unit that lowers the residual
/// most, if any does. The search ends with a pass without exchange, or after ``passes``. The residual never rises, so
/// the result is never worse than that of the method alone.
///
/// Source: A. Miller, "Subset selection in regression" (2nd edition 2002), section 3.5 (replacing predictors two at a
/// time); each exchange is a low-rank update (``SweptForm``). Complexity: for each consumer O(rows^2 kept) to set up
/// and O(kept x rows x outputs) a pass, for units of one row, and O(rows x (rows + outputs)) an exchange.
package struct Swapping<Base: SelectionMethod>: SelectionMethod {
  /// The name of the method, with `-swap` behind it.
  package static var identifier: String { Base.identifier + "-swap" }
  /// The title in reports.
  package static var title: String { Base.title + " with swaps" }
  /// Second moments, which determine the re-fit.
  package static var need: StatisticsNeed { .secondMoments }
  /// That of the method.
  package static var gateLoss: GateGradients.Loss? { Base.gateLoss }

  /// A fall of the residual below this part of what there was counts as rounding.
  private static var tolerance: Double { 1e-9 }

  /// The method that the search starts from.
  package var base: Base
  /// The ridge of the anticipated re-fit.
  package var ridge: Ridge
  /// The most passes over the kept units.
  package var passes: Int

  /// `base`, followed by at most `passes` passes of exchanges, before a re-fit with `ridge`.
  package init(_ base: Base, ridge: Ridge = Ridge(), passes: Int = 10) {
    self.base = base
    self.ridge = ridge
    self.passes = passes
  }

  /// Improves the choice of the method.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    let start = base.select(count, of: problem)
    guard count < problem.unitCount, passes > 0 else { return start }
    var kept = start.kept
    var forms = problem.regressions.map { SweptForm($0, ridge: ridge, keeping: kept) }
    for _ in 0..<passes {
      var isImproved = false
      for position in kept.indices {
        let unit = kept[position]
        let increase = forms.reduce(0) { $0 + $1.increase(dropping: unit) }
        let decreases = forms.reduce(into: Array(repeating: 0.0, count: problem.unitCount)) { sums, form in
          for (other, decrease) in form.decreases(inPlaceOf: unit).enumerated() { sums[other] += decrease }
        }
        guard let best = decreases.indices.largest(1, by: decreases).first,
          decreases[best] > increase * (1 + Self.tolerance)
        else { continue }
        for index in forms.indices {
          forms[index].move(unit)
          forms[index].move(best)
        }
        kept[position] = best
        isImproved = true
      }
      guard isImproved else { break }
    }
    return Selection(keeping: kept, of: problem)
  }
}
