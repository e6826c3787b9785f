import EspalierExperiments
import EspalierReports
import Testing

/// The counts of the stability map and its verdicts.
struct StabilityMapTests {
  /// Maps of one row of momentum whose stable cells are so many for each family.
  private func result(_ stable: (StabilityMap.Family, StabilityMap.Order) -> Int) -> StabilityMap {
    let settings = StabilityMap.Settings(stepCount: 4, momenta: [0, 0.9], trials: 1, iterations: 1)
    func row(_ count: Int) -> [StabilityCell] {
      (0..<4).map { StabilityCell(reached: $0 == 0 ? 1 : nil, remaining: $0 < count ? 0.5 : .infinity) }
    }
    return StabilityMap(
      settings,
      maps: RobustnessProblem.Kind.allCases.flatMap { kind in
        kind.conditionNumbers.flatMap { condition in
          StabilityMap.Order.allCases.flatMap { order in
            StabilityMap.Family.allCases.map { family in
              StabilityMap.Map(
                kind, conditionNumber: condition, order, family, cells: [row(4), row(stable(family, order))])
            }
          }
        }
      })
  }

  @Test func cellsWithoutMomentumDoNotCount() {
    let map = result { _, _ in 2 }.maps[0]
    #expect(map.stableCount == 2 && map.reachedCount == 1)
  }

  @Test func aWiderRegionHoldsAndANarrowerOneFails() {
    let wider = result { family, _ in family == .gradient ? 1 : 3 }
    #expect(wider.claims.prefix(5).allSatisfy { $0.verdict == .holds })
    #expect(wider.claims.last?.verdict == .holds)
    let narrower = result { family, _ in family == .gradient ? 3 : 1 }
    #expect(narrower.claims.prefix(5).allSatisfy { $0.verdict == .fails })
    #expect(result { _, _ in 2 }.claims.prefix(5).allSatisfy { $0.verdict == .fails })
  }

  @Test func ordersThatDifferAreNoticed() {
    let differing = result { _, order in order == .drawn ? 4 : 2 }
    #expect(differing.claims.last?.verdict == .fails)
  }

  @Test func mediansAreTakenOverTrials() {
    let cells = [
      StabilityCell(reached: 3, remaining: 0.1), .init(reached: 9, remaining: 0.2),
      .init(reached: nil, remaining: .infinity),
    ]
    let median = StabilityCell(medianOf: cells)
    #expect(median.reached == 9 && median.remaining == 0.2 && median.isStable)
    let diverged = StabilityCell(medianOf: [cells[0], cells[2], cells[2]])
    #expect(diverged.reached == nil && !diverged.isStable)
  }
}
