import EspalierTensors

extension AxisRule {
  /// The axis rule of a reshape from `source` to `target`.
  ///
  /// Both shapes are divided into the shortest runs of axes with equal products. In a run of one axis each, the axes
  /// are tied. The axes of any other run are regrouped (``Regrouping``): each is a product of factors of the run. A run
  /// that has no common factors is frozen.
  static func reshape(from source: Shape, to target: Shape) -> AxisRule {
    var rule = AxisRule()
    func axes(_ indices: some Sequence<Int>, _ port: Port) -> [PortAxis] { indices.map { PortAxis(port, $0) } }
    if source.elementCount == 0 {
      // Without elements, it is unknown which axes correspond.
      rule.freezeRegrouped(axes(source.indices, .input(0)) + axes(target.indices, .output(0)))
    }
    for run in runs(of: source, target) {
      let (outer, inner) = (run.sources.filter { source[$0] != 1 }, run.targets.filter { target[$0] != 1 })
      if outer.count == 1, inner.count == 1 {
        rule.ties += zip(axes(outer, .input(0)), axes(inner, .output(0))).map { AxisTie($0, $1) }
      } else if outer.isEmpty || inner.isEmpty {
        // A batch of one is an axis of size 1: pair such axes if each side has exactly one.
        if run.sources.count == 1, run.targets.count == 1 {
          rule.ties += zip(axes(run.sources, .input(0)), axes(run.targets, .output(0))).map { AxisTie($0, $1) }
        }
      } else if let regrouping = Regrouping(
        axes(outer, .input(0)), outer.map { source[$0] }, axes(inner, .output(0)), inner.map { target[$0] })
      {
        rule.regroupings.append(regrouping)
      } else {
        rule.freezeRegrouped(axes(outer, .input(0)) + axes(inner, .output(0)))
      }
    }
    return rule
  }

  /// The shortest runs of axes with equal products.
  private static func runs(of source: Shape, _ target: Shape) -> [(sources: Range<Int>, targets: Range<Int>)] {
    guard source.elementCount > 0 else { return [] }
    var runs: [(sources: Range<Int>, targets: Range<Int>)] = []
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
    return runs
  }
}

extension Regrouping {
  /// The common factors of axes of `sourceSizes` and of `targetSizes`, which have the same product; `nil` if there are
  /// none because boundaries of one side lie across factors of the other.
  ///
  /// A boundary between axes is the number of elements behind it. All boundaries of both sides, in ascending order,
  /// must divide each other; the quotients are the factors.
  fileprivate init?(_ sources: [PortAxis], _ sourceSizes: [Int], _ targets: [PortAxis], _ targetSizes: [Int]) {
    var (i, j) = (sources.count - 1, targets.count - 1)
    var (left, right) = (1, 1)
    var factors: [AxisFactor] = []
    while i >= 0, j >= 0 {
      // The parts of both axes above the last boundary.
      let (ownLeft, ownRight) = (sourceSizes[i] / left, targetSizes[j] / right)
      let size = min(ownLeft, ownRight)
      guard max(ownLeft, ownRight) % size == 0 else { return nil }
      factors.append(
        AxisFactor(
          size: size, source: AxisDigit(sources[i], block: left), target: AxisDigit(targets[j], block: right)))
      (left, right) = (left * size, right * size)
      if left == sourceSizes[i] { (i, left) = (i - 1, 1) }
      if right == targetSizes[j] { (j, right) = (j - 1, 1) }
    }
    self.init(factors.filter { $0.size > 1 }.reversed())
  }
}
