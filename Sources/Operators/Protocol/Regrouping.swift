/// A digit of the positions along an axis in a mixed radix: `position / block % size`, with the size of the factor that
/// the digit belongs to.
package struct AxisDigit: Hashable, Sendable {
  /// The axis.
  package var axis: PortAxis
  /// The product of the sizes of all inner digits.
  package var block: Int

  /// The digit of `axis` above `block` positions.
  package init(_ axis: PortAxis, block: Int) {
    self.axis = axis
    self.block = block
  }
}

/// A factor of the sizes of two axes whose positions have a digit in common: elements with the same digit are removed
/// together.
package struct AxisFactor: Hashable, Sendable {
  /// The number of values of the digit.
  package var size: Int
  /// The digit on the axis of the input.
  package var source: AxisDigit
  /// The same digit on the axis of the output.
  package var target: AxisDigit

  /// A factor of `size`, which is the digit `source` of one axis and `target` of another.
  package init(size: Int, source: AxisDigit, target: AxisDigit) {
    self.size = size
    self.source = source
    self.target = target
  }
}

/// Adjacent axes of an input that a reshape regroups into axes of the output with the same product.
///
/// Each axis on either side is a product of factors. A tensor from which elements are removed can be reshaped in the
/// same way if on every axis all elements that share one digit are removed, and no digit of another factor is missing.
/// Which factors lose elements is a choice.
package struct Regrouping: Hashable, Sendable {
  /// The factors, outermost first.
  package var factors: [AxisFactor]

  /// The axes made of `factors`.
  package init(_ factors: [AxisFactor]) {
    self.factors = factors
  }

  /// The positions of factors that may lose elements at the same time: the `preferred` ones, then all others that share
  /// no axis with one before, outermost first; those in `last` come after all others.
  package func free(preferring preferred: Set<Int>, last: Set<Int> = []) -> Set<Int> {
    var (free, taken): (Set<Int>, Set<PortAxis>) = ([], [])
    let rest = factors.indices.filter { !preferred.contains($0) }
    for place in preferred.sorted() + rest.filter({ !last.contains($0) }) + rest.filter(last.contains) {
      let axes = [factors[place].source.axis, factors[place].target.axis]
      guard taken.isDisjoint(with: axes) else { continue }
      free.insert(place)
      taken.formUnion(axes)
    }
    return free
  }

  /// The axes of which no element can be removed if only the factors in `free` lose elements.
  package func frozenAxes(freeing free: Set<Int>) -> [PortAxis] {
    let losing = Set(free.flatMap { [factors[$0].source.axis, factors[$0].target.axis] })
    var axes: [PortAxis] = []
    for axis in factors.map(\.source.axis) + factors.map(\.target.axis)
    where !losing.contains(axis) && !axes.contains(axis) {
      axes.append(axis)
    }
    return axes
  }
}

extension AxisRule {
  /// The same rule with a choice made for each of its regroupings: the factors at the positions in `free` lose
  /// elements, and the axes without such a factor are frozen.
  package func choosing(_ free: [Set<Int>]) -> AxisRule {
    var rule = self
    for (regrouping, free) in zip(regroupings, free) {
      rule.factors += free.sorted().map { regrouping.factors[$0] }
      rule.freezeRegrouped(regrouping.frozenAxes(freeing: free))
    }
    rule.regroupings = []
    return rule
  }

  /// Freezes axes of a reshape.
  mutating func freezeRegrouped(_ axes: [PortAxis]) {
    frozen += axes.map { FrozenAxis($0, "regroups the elements of its axes") }
  }
}
