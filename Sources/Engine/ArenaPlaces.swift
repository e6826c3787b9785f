import EspalierOperators

/// Where the values of a plan lie.
struct ArenaPlaces: Sendable {
  /// A place.
  enum Place: Hashable, Sendable {
    /// So many bytes into the arena.
    case arena(Int)
    /// In memory of its own: inputs and constants, which outlive a run.
    case own(String)
  }

  /// The place of each value.
  let places: [String: Place]
  /// The memory that all values in the arena together need.
  let byteCount: Int

  /// Places all values that `steps` make; those in `persistent` have memory of their own.
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
