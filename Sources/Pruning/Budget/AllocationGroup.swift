/// A group as an allocator sees it: the widths that it may have, and what each costs in answers.
package struct AllocationGroup: Sendable {
  /// The number of units.
  package let size: Int
  /// The fewest units.
  package let floor: Int
  /// The most units: all, or as many as the group is pinned to.
  package let ceiling: Int
  /// Widths are multiples of so many units, where they are not ``ceiling``; a power of two times the units that make
  /// up a channel.
  package let step: Int
  /// The error at the outputs by width.
  package let curve: SizeErrorCurve

  /// A group of `size` units, of which at least `floor`, and at most `ceiling`, are kept.
  package init(size: Int, floor: Int, ceiling: Int? = nil, step: Int, curve: SizeErrorCurve) {
    let ceiling = min(ceiling ?? size, size)
    let rounded = (max(floor, 1) + step - 1) / step * step
    self.size = size
    self.floor = min(rounded, ceiling)
    self.ceiling = ceiling
    self.step = step
    self.curve = curve
  }

  /// The next narrower width on multiples of ``step``; `nil` at the floor.
  func narrower(than count: Int) -> Int? {
    guard count > floor else { return nil }
    return max((count - 1) / step * step, floor)
  }

  /// The width of `fraction` of the units, on multiples of ``step``, between floor and ceiling.
  func width(of fraction: Double) -> Int {
    let wanted = Double(size) * fraction
    let rounded = Int((wanted / Double(step)).rounded(.down)) * step
    return wanted >= Double(ceiling) ? ceiling : min(max(rounded, floor), ceiling)
  }
}

extension PruningRequest {
  /// The units of `group` by which an allocation widens and narrows it.
  ///
  /// Widths are counted in channels, of which a unit may have several. By default a step is the largest power of two
  /// that is at most 8 channels of a convolution and a quarter of its width, or a sixty-fourth of a dense layer's
  /// width; ``multiple`` where it is given and narrower than the group.
  func step(of group: PruningGroup) -> Int {
    let width = group.channelsPerUnit * Double(group.size)
    var channels = multiple.map(Double.init) ?? 1
    if multiple == nil {
      let most = group.isConvolutional ? min(8, width / 4) : width / 64
      while channels * 2 <= most { channels *= 2 }
    }
    let units = Int((channels / group.channelsPerUnit).rounded())
    return (1..<group.size).contains(units) ? units : 1
  }
}
