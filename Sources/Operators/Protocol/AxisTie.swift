/// A dependency: element `i` of one axis is removed together with elements `offset + r period + i block ..< offset + r
/// period + (i + 1) block` of another, for each `r` below `repetitions`.
package struct AxisTie: Hashable, Sendable {
  /// The axis of single elements.
  package var from: PortAxis
  /// The axis of blocks.
  package var to: PortAxis
  /// The number of adjacent elements of `to` per element of `from`: 1 except for reshapes that merge an axis with inner
  /// ones.
  package var block: Int
  /// The start of the first block in `to`: 0 except for concatenation.
  package var offset: Int
  /// The number of repetitions of the blocks: 1 except for tiles and for reshapes that merge an axis with outer ones.
  package var repetitions: Int
  /// The distance between repetitions.
  package var period: Int

  /// Ties each element of `from` to one or several blocks of `to`.
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

  /// The elements of `to` tied to element `index` of `from`.
  package func elements(of index: Int) -> [Int] {
    (0..<repetitions).flatMap { repetition in
      let first = offset + repetition * period + index * block
      return first..<first + block
    }
  }

  /// The minimum size of `to` if `from` has `size` elements.
  package func reach(_ size: Int) -> Int {
    size == 0 ? 0 : offset + (repetitions - 1) * period + size * block
  }
}

/// A dependency on elements in any order: element `i` of one axis is removed together with element `elements[i]` of
/// another.
package struct AxisSelection: Hashable, Sendable {
  /// The axis of the elements that are picked.
  package var from: PortAxis
  /// The axis that they are picked from.
  package var to: PortAxis
  /// The elements of `to`, one for each of `from`.
  package var elements: [Int]

  /// Ties each element of `from` to one of `to`.
  package init(_ from: PortAxis, _ to: PortAxis, elements: [Int]) {
    self.from = from
    self.to = to
    self.elements = elements
  }
}

/// An axis that no element may be removed from at a node.
package struct FrozenAxis: Hashable, Sendable {
  /// The axis.
  package var axis: PortAxis
  /// The reason, in words that follow the operator's name: `normalises over it`.
  package var reason: String

  /// Freezes `axis` for `reason`.
  package init(_ axis: PortAxis, _ reason: String) {
    self.axis = axis
    self.reason = reason
  }
}

/// An axis divided into parts of equal sizes, which must remain equal when elements are removed. The elements of
/// different parts are not paired with each other.
package struct BalancedAxis: Hashable, Sendable {
  /// The axis.
  package var axis: PortAxis
  /// The number of parts.
  package var parts: Int

  /// Keeps the `parts` of `axis` equal in size.
  package init(_ axis: PortAxis, parts: Int) {
    self.axis = axis
    self.parts = parts
  }
}

/// An axis divided into blocks of adjacent elements, as a hidden axis is into heads: the elements of a block are
/// removed together.
package struct AxisBlocks: Hashable, Sendable {
  /// The axis.
  package var axis: PortAxis
  /// The number of elements of a block.
  package var size: Int

  /// Divides `axis` into blocks of `size` elements.
  package init(_ axis: PortAxis, size: Int) {
    self.axis = axis
    self.size = size
  }
}
