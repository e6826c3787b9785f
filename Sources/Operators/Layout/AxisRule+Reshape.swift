import EspalierTensors

extension AxisRule {
  /// The axis rule of a reshape from `source` to `target`.
  ///
  /// Both shapes are divided into the shortest runs of axes with equal products. In a run of one axis each, the axes
  /// are tied. If several axes merge into one (or one splits into several), one of them is tied to elements of the
  /// merged axis, and the others are frozen: the outermost, whose elements are blocks (heads of a hidden axis), or as
  /// an alternative the innermost, whose elements repeat (the operand of a channel shuffle's transposition). Any other
  /// run is frozen.
  static func reshape(from source: Shape, to target: Shape) -> AxisRule {
    let reshape = AxisRuns(from: source, to: target)
    var rule = reshape.rule(freeing: .outermost)
    let inner = reshape.rule(freeing: .innermost)
    if inner != rule { rule.alternatives = [inner] }
    return rule
  }
}

/// The axes of two shapes with the same number of elements, divided into the shortest runs with equal products.
private struct AxisRuns {
  /// The one of several merged axes that remains prunable.
  enum Choice {
    case outermost, innermost
  }

  private let source: Shape
  private let target: Shape
  private var runs: [(sources: Range<Int>, targets: Range<Int>)] = []

  init(from source: Shape, to target: Shape) {
    (self.source, self.target) = (source, target)
    guard source.elementCount > 0 else { return }
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
      runs.append((firstI..<i, firstJ..<j))
    }
  }

  func rule(freeing choice: Choice) -> AxisRule {
    var rule = AxisRule()
    if source.elementCount == 0 {
      // Without elements, it is unknown which axes correspond.
      rule.freeze(axes(source.indices, .input(0)) + axes(target.indices, .output(0)))
    }
    for run in runs { add(run.sources, run.targets, freeing: choice, to: &rule) }
    return rule
  }

  private func axes(_ indices: some Sequence<Int>, _ port: Port) -> [PortAxis] { indices.map { PortAxis(port, $0) } }

  private func add(_ sources: Range<Int>, _ targets: Range<Int>, freeing choice: Choice, to rule: inout AxisRule) {
    let outer = axes(sources.filter { source[$0] != 1 }, .input(0))
    let inner = axes(targets.filter { target[$0] != 1 }, .output(0))
    switch (outer.count, inner.count) {
    case (0, _), (_, 0):
      // A batch of one is an axis of size 1: pair such axes if each side has exactly one.
      if sources.count == 1, targets.count == 1 {
        rule.ties += zip(axes(sources, .input(0)), axes(targets, .output(0))).map { AxisTie($0, $1) }
      }
    case (_, 1): rule.merge(outer, outer.map { source[$0.axis] }, into: inner[0], freeing: choice)
    case (1, _): rule.merge(inner, inner.map { target[$0.axis] }, into: outer[0], freeing: choice)
    default: rule.freeze(outer + inner)
    }
  }
}

extension AxisRule {
  /// Ties one of `axes`, which are merged into `merged`, to its elements there, and freezes the others.
  fileprivate mutating func merge(
    _ axes: [PortAxis], _ sizes: [Int], into merged: PortAxis, freeing choice: AxisRuns.Choice
  ) {
    let free = choice == .outermost ? 0 : axes.count - 1
    let block = sizes[(free + 1)...].reduce(1, *)
    ties.append(
      AxisTie(
        axes[free], merged, block: block, repetitions: sizes[..<free].reduce(1, *),
        period: free == 0 ? 0 : sizes[free] * block))
    freeze(axes.indices.filter { $0 != free }.map { axes[$0] })
  }

  fileprivate mutating func freeze(_ axes: [PortAxis]) {
    frozen += axes.map { FrozenAxis($0, "regroups the elements of its axes") }
  }
}
