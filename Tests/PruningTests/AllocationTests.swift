import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// Allocations of made-up size-error curves.
struct AllocationTests {
  private let sizes = [48, 32, 20]
  private let model: CostModel

  init() throws {
    var networks = SmallNetworks(seed: 1)
    let graph = networks.multilayerPerceptron([16] + sizes + [5])
    model = try CostModel(graph, graph.pruningGroups().filter(\.isPrunable))
  }

  /// Groups of random sensitivity: an error of `scale (1 - n / N)^2`, measured at a few sizes.
  private func groups(seed: UInt64, step: Int = 4, floors: [Int] = [4, 4, 4]) -> [AllocationGroup] {
    var generator = SeededGenerator(seed: seed)
    return zip(sizes, floors).map { size, floor in
      let scale = 0.01 + 10 * generator.uniform()
      let points = [0.1, 0.25, 0.5, 0.75].map { fraction in
        (count: Int(Double(size) * fraction), error: scale * (1 - fraction) * (1 - fraction))
      }
      return AllocationGroup(size: size, floor: floor, step: step, curve: SizeErrorCurve(size: size, points: points))
    }
  }

  private func allocations(
    _ groups: [AllocationGroup], kind: Budget.Kind = .macs, isUniform: Bool = false
  ) throws -> [(limit: Double, allocation: Allocation)] {
    let path =
      isUniform
      ? AllocationPath(scaling: groups.map { _ in 1 }, of: groups)
      : AllocationPath(minimizing: groups, model, kinds: [kind])
    return try stride(from: 0.25, through: 1, by: 0.01).map { share in
      let limit = share * model.dense[kind]
      return (limit, try #require(Allocation(of: groups, along: path, model, limits: [kind: limit])))
    }
  }

  @Test(arguments: 1...6) func budgetsAreMetAndCostNeverFallsAsTheyGrow(_ seed: Int) throws {
    let groups = groups(seed: UInt64(seed))
    for kind in [Budget.Kind.macs, .parameters, .bytes] {
      for isUniform in [false, true] {
        var (last, full, count) = (0.0, 0, 0)
        for (limit, allocation) in try allocations(groups, kind: kind, isUniform: isUniform) {
          let cost = model.cost(of: allocation.counts)[kind]
          #expect(cost <= limit && cost >= 0.95 * limit, "\(kind): \(cost) of \(limit)")
          #expect(cost >= last)
          #expect(allocation.isFull == (cost >= 0.98 * limit) && abs(allocation.use - cost / limit) < 1e-12)
          (full, count) = (full + (allocation.isFull ? 1 : 0), count + 1)
          last = cost
          for (group, count) in zip(groups, allocation.counts) { #expect((group.floor...group.size).contains(count)) }
        }
        // The narrowest networks have few widths left to choose from.
        #expect(full * 50 >= count * 49, "\(full) of \(count)")
      }
    }
  }

  @Test(arguments: 1...6) func noOtherAllocationOnTheStepsIsMuchBetter(_ seed: Int) throws {
    let groups = groups(seed: UInt64(seed))
    func error(_ counts: [Int]) -> Double { zip(groups, counts).reduce(0) { $0 + $1.0.curve[$1.1] } }
    let path = AllocationPath(minimizing: groups, model, kinds: [.macs])
    for share in [0.35, 0.5, 0.7] {
      let limit = share * model.dense[.macs]
      let own = try #require(Allocation(of: groups, along: path, model, limits: [.macs: limit]))
      var best = Double.infinity
      for a in stride(from: 4, through: sizes[0], by: 4) {
        for b in stride(from: 4, through: sizes[1], by: 4) {
          for c in stride(from: 4, through: sizes[2], by: 4) where model.cost(of: [a, b, c])[.macs] <= limit {
            best = min(best, error([a, b, c]))
          }
        }
      }
      let uniform = try #require(
        Allocation(
          of: groups, along: AllocationPath(scaling: [1, 1, 1], of: groups), model, limits: [.macs: limit]))
      #expect(error(own.counts) <= 1.35 * best, "\(error(own.counts)), \(best) at best")
      #expect(error(own.counts) <= 1.05 * error(uniform.counts))
    }
  }

  @Test func sensitiveGroupsStayWide() throws {
    func curve(_ size: Int, _ scale: Double) -> SizeErrorCurve {
      SizeErrorCurve(size: size, points: [(size / 2, scale), (size / 8, 4 * scale)])
    }
    let groups = zip(sizes, [1, 1e-6, 1]).map { size, scale in
      AllocationGroup(size: size, floor: 4, step: 4, curve: curve(size, scale))
    }
    let path = AllocationPath(minimizing: groups, model, kinds: [.parameters])
    let limits = [Budget.Kind.parameters: 0.6 * model.dense[.parameters]]
    let counts = try #require(Allocation(of: groups, along: path, model, limits: limits)).counts
    #expect(counts[0] == 48 && counts[2] == 20 && (12...14).contains(counts[1]), "\(counts)")
  }

  @Test func pinsAndFloorsHold() throws {
    var groups = groups(seed: 9, floors: [4, 17, 4])
    groups[2] = AllocationGroup(
      size: sizes[2], floor: 7, ceiling: 7, step: 4, curve: SizeErrorCurve(size: sizes[2], points: []))
    let path = AllocationPath(minimizing: groups, model, kinds: [.macs])
    #expect(path.states.allSatisfy { $0[2] == 7 && $0[1] >= 20 })
    for share in [0.4, 0.6, 0.8] {
      let limits = [Budget.Kind.macs: share * model.dense[.macs]]
      let allocation = Allocation(of: groups, along: path, model, limits: limits)
      if let allocation { #expect(allocation.counts[2] == 7 && allocation.counts[1] >= 20) }
    }
    #expect(Allocation(of: groups, along: path, model, limits: [.macs: 0.1 * model.dense[.macs]]) == nil)
  }

  @Test func allOfSeveralBudgetsHold() throws {
    let groups = groups(seed: 11)
    let path = AllocationPath(minimizing: groups, model, kinds: [.macs, .bytes])
    let limits = [Budget.Kind.macs: 0.7 * model.dense[.macs], .bytes: 0.4 * model.dense[.bytes]]
    let allocation = try #require(Allocation(of: groups, along: path, model, limits: limits))
    let cost = model.cost(of: allocation.counts)
    #expect(limits.allSatisfy { cost[$0.key] <= $0.value } && allocation.isFull)
  }

  @Test func roundedWidthsStayOnTheirSteps() throws {
    let groups = groups(seed: 12, step: 4)
    let path = AllocationPath(minimizing: groups, model, kinds: [.macs])
    for share in stride(from: 0.3, through: 0.9, by: 0.07) {
      let limits = [Budget.Kind.macs: share * model.dense[.macs]]
      let allocation = try #require(Allocation(of: groups, along: path, model, limits: limits, isRounded: true))
      #expect(allocation.counts.allSatisfy { $0 % 4 == 0 })
      #expect(model.cost(of: allocation.counts)[.macs] <= limits[.macs]!)
    }
  }

  @Test func pathsOnlyNarrow() throws {
    let groups = groups(seed: 13)
    for path in [
      AllocationPath(minimizing: groups, model, kinds: [.macs]), AllocationPath(scaling: [1, 0.4, 0.7], of: groups),
    ] {
      #expect(path.states.first == sizes && path.states.last == groups.map(\.floor))
      for (wide, narrow) in zip(path.states, path.states.dropFirst()) {
        #expect(zip(wide, narrow).allSatisfy { $0 >= $1 } && wide != narrow)
      }
    }
  }

  @Test func theWidestStateThatIsFastEnoughIsFound() throws {
    let path = AllocationPath(minimizing: groups(seed: 15), model, kinds: [.macs])
    let dense = model.dense[.macs]
    for fraction in [0.3, 0.55, 0.8, 1] {
      var measurements = 0
      let state = try path.widest(within: fraction) { counts in
        measurements += 1
        return model.cost(of: counts)[.macs] / dense
      }
      let fast = path.states.filter { model.cost(of: $0)[.macs] <= fraction * dense }
      #expect(state == fast.first && measurements < 10)
    }
    let refusal = #expect(throws: EspalierError.self) { try path.widest(within: 0.5) { _ in 0.7 } }
    #expect(refusal?.kind == .refusal && refusal?.description.contains("takes 0.7 of") == true)
  }

  @Test func curvesAreMonotoneAndConvex() {
    var generator = SeededGenerator(seed: 14)
    for _ in 0..<20 {
      let points = [3, 8, 16, 24, 30].map { (count: $0, error: generator.uniform()) }
      let curve = SizeErrorCurve(size: 40, points: points)
      let values = (3...40).map { curve[$0] }
      #expect(values.last == 0 && curve[1] == values[0])
      let slopes = zip(values, values.dropFirst()).map { $1 - $0 }
      #expect(slopes.allSatisfy { $0 <= 0 })
      #expect(zip(slopes, slopes.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
      #expect(zip(points, points.map { curve[$0.count] }).allSatisfy { $1 <= points.map(\.error).max()! })
    }
  }

  @Test func convexCurvesPassThroughTheirPoints() {
    let curve = SizeErrorCurve(size: 40, points: [(10, 4), (20, 1), (30, 0.2)])
    for (count, error) in [(10, 4), (20, 1), (30, 0.2), (40, 0)] {
      #expect(abs(curve[count] - error) <= 0.02 * error, "\(count): \(curve[count])")
    }
    #expect(curve[15] < 2.5 && curve[15] > 1)
  }
}
