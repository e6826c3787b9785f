import EspalierFiles

extension PruningRequest {
  /// The groups to prune, of those of the network.
  ///
  /// - Throws: `EspalierError` for a group that does not exist; a refusal if a named group cannot be pruned, or no
  ///   group can.
  package func targets(among groups: [PruningGroup]) throws(EspalierError) -> [PruningGroup] {
    let named = Set(fractions.keys).union(counts.keys).union(only ?? [])
    let known = Set(groups.map(\.id))
    if let stranger = named.subtracting(known).sorted().first {
      throw EspalierError(
        .argument, "group \"\(stranger)\"", "does not exist",
        remedy: "the groups are: " + groups.filter(\.isPrunable).map(\.id).listed())
    }
    for group in groups where named.contains(group.id) {
      if let reason = refusal(of: group) {
        throw EspalierError(refusal: "group \"\(group.id)\" cannot be pruned: \(reason)")
      }
    }
    let targets = groups.filter { refusal(of: $0) == nil && only?.contains($0.id) ?? true }
    guard targets.isEmpty else { return targets }
    let reasons = groups.compactMap { group in refusal(of: group).map { "\(group.id): \($0)" } }
    throw EspalierError(
      refusal: "nothing is prunable because "
        + (reasons.isEmpty
          ? "the network has no layer with stored weights that can be run"
          : reasons.listed(atMost: 6, length: 280, separator: "; ")))
  }

  private func refusal(of group: PruningGroup) -> String? {
    if let frozen = group.frozen { return frozen.description }
    switch scope {
    case .all: return nil
    case .inner where group.scope != .inner:
      return "it is coupled through additions or a normalisation (use --scope all)"
    case .inner: return nil
    case .ffn where !group.isFeedForward: return "it is no feed-forward block"
    case .heads where !group.isAttention: return "its units are no heads"
    case .encoder where !group.isFeedForward && !group.isAttention: return "it is neither feed-forward nor heads"
    case .ffn, .heads, .encoder: return nil
    }
  }
}
