import EspalierFiles

/// A pruning whose widths follow from what the network may cost.
package struct BudgetRequest: Sendable {
  /// The method, re-fit, scope and order; its fractions pin groups.
  package var pruning: PruningRequest
  /// The budgets, all of which hold.
  package var budgets: [Budget]
  /// The smallest fraction of its units that a group keeps.
  package var floor: Double
  /// The same, by group.
  package var floors: [String: Double]

  /// The floor unless another is given.
  package static let standardFloor = 0.1

  /// Prunes as `pruning` says to these budgets; the groups of its `fractions` keep their widths.
  package init(
    _ pruning: PruningRequest, budgets: [Budget], floor: Double = standardFloor, floors: [String: Double] = [:]
  ) {
    self.pruning = pruning
    self.budgets = budgets
    self.floor = floor
    self.floors = floors
  }

  /// The widths at which the size-error curve of `group` is measured, ascending: its floor and the usual sizes above
  /// it; none if the group is pinned.
  func measuredCounts(of group: PruningGroup) -> [Int] {
    guard pruning.fractions[group.id] == nil else { return [] }
    let bounds = AllocationGroup(
      size: group.size, floor: smallest(of: group), step: pruning.step(of: group),
      curve: SizeErrorCurve(size: group.size, points: []))
    let usual = Sensitivity.sizes.map { Int((Double(group.size) * $0).rounded()) }
    return Set(usual + [bounds.floor]).filter { (bounds.floor..<group.size).contains($0) }.sorted()
  }

  /// The group for an allocator, with its measured curve.
  func allocationGroup(_ group: PruningGroup, _ curve: SizeErrorCurve?) -> AllocationGroup {
    let isPinned = pruning.fractions[group.id] != nil
    let pinned = isPinned ? pruning.count(for: group) : nil
    return AllocationGroup(
      size: group.size, floor: pinned ?? smallest(of: group), ceiling: pinned, step: pruning.step(of: group),
      curve: curve ?? SizeErrorCurve(size: group.size, points: []))
  }

  private func smallest(of group: PruningGroup) -> Int {
    Int((Double(group.size) * (floors[group.id] ?? floor)).rounded(.up))
  }

  /// Rejects floors of groups that are not pruned.
  func checkFloors(_ targets: [PruningGroup]) throws(EspalierError) {
    let known = Set(targets.map(\.id))
    guard let stranger = floors.keys.filter({ !known.contains($0) }).min() else { return }
    throw EspalierError(
      .argument, "group \"\(stranger)\"", "has a floor and is not pruned",
      remedy: "the groups are: " + targets.map(\.id).listed())
  }
}
