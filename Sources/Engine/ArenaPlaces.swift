import EspalierOperators

/// The memory locations of the values of a plan.
struct ArenaPlaces: Sendable {
  /// The location of a value.
  enum Place: Hashable, Sendable {
    /// At this byte offset in the arena.
    case arena(Int)
    /// In memory of its own: an input or a constant, which outlives a run.
    case own(String)
  }

  /// The location of each value.
  let places: [String: Place]
  /// The size of the arena in bytes.
  let byteCount: Int

  /// Places all values that `steps` compute; those in `persistent` have memory of their own.
  init(_ steps: [Step], types: [String: TensorType], persistent: Set<String>, results: [String]) {
    let lifetimes = Lifetimes(steps, persistent: persistent, results: results)
    let layout = ArenaLayout(
      lifetimes.owners.map { owner in
        .init(byteCount: types[owner.value]!.byteCount, firstStep: owner.firstStep, lastStep: owner.lastStep)
      })
    let offsets = Dictionary(uniqueKeysWithValues: zip(lifetimes.owners.map(\.value), layout.offsets))
    places = lifetimes.ownerOf.mapValues { owner in offsets[owner].map { .arena($0) } ?? .own(owner) }
    byteCount = layout.byteCount
  }
}
