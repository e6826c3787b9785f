import Tensors

extension AxisRule {
  /// How axes depend on each other when the elements of `source` are read as `target`.
  ///
  /// Both shapes are cut into the shortest runs of axes with equal products. In a run of one axis each, the axes are tied.
  /// Where several axes merge into one (or one splits into several), the outermost of them is tied to blocks of the merged
  /// axis, and the inner ones stay whole. Any other run stays whole.
  static func reshape(from source: Shape, to target: Shape) -> AxisRule {
    var rule = AxisRule()
    if source.elementCount == 0 {
      // There are no elements to tell which axes go together.
      rule.freeze(source.indices.map { PortAxis(.input(0), $0) } + target.indices.map { PortAxis(.output(0), $0) })
      return rule
    }
    var (i, j) = (0, 0)
    while i < source.rank, j < target.rank {
      let (firstI, firstJ) = (i, j)
      var (left, right) = (source[i], target[j])
      (i, j) = (i + 1, j + 1)
      while left != right {
        if left < right, i < source.rank {
          (left, i) = (left * source[i], i + 1)
        } else if right < left, j < target.rank {
          (right, j) = (right * target[j], j + 1)
        } else {
          break
        }
      }
      rule.add(Array(firstI..<i), of: source, .input(0), Array(firstJ..<j), of: target, .output(0))
    }
    return rule
  }

  private mutating func add(
    _ sources: [Int], of source: Shape, _ from: Port, _ targets: [Int], of target: Shape, _ to: Port
  ) {
    let (outer, inner) = (sources.filter { source[$0] != 1 }, targets.filter { target[$0] != 1 })
    switch (outer.count, inner.count) {
    case (0, _), (_, 0):
      // A batch of one is an axis of size 1: keep such axes together where each side has just one.
      if sources.count == 1, targets.count == 1 {
        ties.append(AxisTie(PortAxis(from, sources[0]), PortAxis(to, targets[0])))
      }
    case (1, 1):
      ties.append(AxisTie(PortAxis(from, outer[0]), PortAxis(to, inner[0])))
    case (_, 1):
      ties.append(AxisTie(PortAxis(from, outer[0]), PortAxis(to, inner[0]), block: target[inner[0]] / source[outer[0]]))
      freeze(outer.dropFirst().map { PortAxis(from, $0) })
    case (1, _):
      ties.append(AxisTie(PortAxis(to, inner[0]), PortAxis(from, outer[0]), block: source[outer[0]] / target[inner[0]]))
      freeze(inner.dropFirst().map { PortAxis(to, $0) })
    default:
      freeze(outer.map { PortAxis(from, $0) } + inner.map { PortAxis(to, $0) })
    }
  }

  private mutating func freeze(_ axes: [PortAxis]) {
    frozen += axes.map { FrozenAxis($0, "regroups the elements of its axes") }
  }
}
