/// A dependency: element `i` of one axis goes together with elements
/// `offset + r period + i block ..< offset + r period + (i + 1) block` of another, for each `r` below `repetitions`.
package struct AxisTie: Hashable, Sendable {
  /// The axis of single elements.
  package var from: PortAxis
  /// The axis of blocks.
  package var to: PortAxis
  /// How many neighbours in `to` belong to one element of `from`: 1 but for reshapes that merge an axis with inner ones.
  package var block: Int
  /// Where in `to` the first block begins: 0 but for concatenation.
  package var offset: Int
  /// How often the blocks are repeated: once but for reshapes that merge an axis with outer ones, and for tiles.
  package var repetitions: Int
  /// How far the repetitions are apart.
  package var period: Int

  /// Ties each element of `from` to a block of `to`, or to several.
  package init(
    _ from: PortAxis, _ to: PortAxis, block: Int = 1, offset: Int = 0, repetitions: Int = 1, period: Int = 0
  ) {
    self.from = from
    self.to = to
    self.block = block
    self.offset = offset
    self.repetitions = repetitions
    self.period = period
  }

  /// The elements of `to` that belong to element `index` of `from`.
  package func elements(of index: Int) -> [Int] {
    (0..<repetitions).flatMap { repetition in
      let first = offset + repetition * period + index * block
      return first..<first + block
    }
  }

  /// How many elements `to` must have at least, when `from` has `size`.
  package func reach(_ size: Int) -> Int {
    size == 0 ? 0 : offset + (repetitions - 1) * period + size * block
  }
}

/// An axis that must stay whole at a node.
package struct FrozenAxis: Hashable, Sendable {
  /// The axis.
  package var axis: PortAxis
  /// Why, in words that follow the operator's name: `normalises over it`.
  package var reason: String

  /// Freezes `axis` for `reason`.
  package init(_ axis: PortAxis, _ reason: String) {
    self.axis = axis
    self.reason = reason
  }
}

/// An axis that is cut into parts of equal sizes, and must be so still when elements are removed. Which element of one part goes
/// with which of another is free.
package struct BalancedAxis: Hashable, Sendable {
  /// The axis.
  package var axis: PortAxis
  /// How many parts.
  package var parts: Int

  /// Keeps the `parts` of `axis` of equal sizes.
  package init(_ axis: PortAxis, parts: Int) {
    self.axis = axis
    self.parts = parts
  }
}

/// An axis that is made of blocks of neighbours, as a hidden axis is of heads: the elements of a block go together.
package struct AxisBlocks: Hashable, Sendable {
  /// The axis.
  package var axis: PortAxis
  /// How many elements a block has.
  package var size: Int

  /// Keeps together every `size` neighbours of `axis`.
  package init(_ axis: PortAxis, size: Int) {
    self.axis = axis
    self.size = size
  }
}
