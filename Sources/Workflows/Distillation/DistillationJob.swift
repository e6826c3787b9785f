import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTraining

/// One distillation under way: the networks, their values at the cut that it has reached, and what was gained so far.
struct DistillationJob {
  /// The network with the smallest error of the outputs so far.
  private(set) var best: Graph
  /// What was trained, in order.
  private(set) var trained: [DistillationRecord.Block] = []
  /// The blocks that could not be trained.
  private(set) var untrained: [DistillationRecord.Untrained] = []
  /// The errors of the outputs.
  var outputs: DistillationRecord.Outputs { .init(before: before, after: after) }

  /// Where what is learnt is kept.
  private let saved: SavedDistillation?
  private var networks: DistillationNetworks
  private var seen: DistillationValues
  private var heldOut: DistillationValues
  private let settings: BlockwiseDistillation
  private let budget: TimeBudget
  /// The moment at which it began.
  private let start: Double
  /// Seconds for a multiply-accumulate operation of one batch of the small network, in a forward pass over all inputs:
  /// at most those of the large network, over the small one's operations.
  private let secondsPerMAC: Double
  private let before: Double
  private var after: Double
  /// For each block, the outcome of the first round.
  private var gains: [Int: (before: Double, late: Double)] = [:]

  /// Measures the small network's error, and goes on from the last state if there is one.
  ///
  /// - Parameters:
  ///   - saved: Where what is learnt is kept, and goes on from.
  ///   - forwardSeconds: The time of the large network for all inputs.
  init(
    _ networks: DistillationNetworks, _ saved: SavedDistillation?, seen: DistillationValues,
    heldOut: DistillationValues, forwardSeconds: Double,
    _ settings: BlockwiseDistillation, _ budget: TimeBudget
  ) throws(EspalierError) {
    (self.seen, self.heldOut, self.saved) = (seen, heldOut, saved)
    secondsPerMAC = forwardSeconds / Double(max(networks.whole.macs, 1))
    (self.networks, self.settings, self.budget, start) = (networks, settings, budget, budget.now())
    best = networks.student
    let error = try Self.training(networks.whole, networks, seen, heldOut, settings, isWhole: true).error()
    (before, after) = (error, error)
    guard let state = saved?.state else { return }
    for (name, tensor) in state.parameters { self.networks.student.constants[name] = tensor }
    // Blocks are trained one by one: the outputs may be further off in between than at the start.
    let reached = try Self.training(networks.whole, self.networks, seen, heldOut, settings, isWhole: true).error()
    if reached < after { (best, after) = (self.networks.student, reached) }
  }

  /// Trains blocks in two rounds, and the whole network.
  mutating func run(_ progress: (BlockwiseDistillation.Event) -> Void) throws(EspalierError) {
    let shares = settings.shares
    if networks.blocks.count > 1 {
      try trainBlocks(round: 1, networks.blocks.map { Double($0.macs) }, budget.first(shares.first), progress)
      let weights = networks.blocks.enumerated().map { index, block in
        gains[index].map { DistillationShares.weight(macs: block.macs, before: $0.before, lateGain: $0.late) } ?? 0
      }
      if weights.contains(where: { $0 > 0 }) {
        try seen.restart()
        try heldOut.restart()
        let second = budget.first(shares.second / (1 - shares.first))
        try trainBlocks(round: 2, weights, second, progress)
      }
    }
    try trainWhole(progress)
  }

  /// Keeps what is learnt so far, of a job that has ended early.
  func keepWhatIsLearnt() throws(EspalierError) { try saved?.note(networks.student, used: budget.now() - start) }

  /// Trains the blocks in order, each for a part of the time by its weight.
  private mutating func trainBlocks(
    round: Int, _ weights: [Double], _ time: TimeBudget, _ progress: (BlockwiseDistillation.Event) -> Void
  ) throws(EspalierError) {
    let blocks = networks.blocks
    let last = weights.lastIndex { $0 > 0 } ?? -1
    for (index, block) in blocks.enumerated().prefix(last + 1) where !time.isOver {
      let own = time.first(DistillationShares.next(weights[index...]))
      let teacher = PartRunner(networks.teacherPart(block), on: settings.backend)
      try seen.advanceTeacher(teacher)
      try heldOut.advanceTeacher(teacher)
      let forward = index < last ? secondsPerMAC * Double(block.macs) : 0
      let event = (round: round, number: index + 1, of: blocks.count)
      if weights[index] > 0 { try train(block, own.reserving(forward), event, progress) }
      guard index < last else { break }
      let student = PartRunner(networks.studentPart(block), on: settings.backend)
      try seen.advanceStudent(student, to: block.ends)
      try heldOut.advanceStudent(student, to: block.ends)
    }
  }

  private mutating func train(
    _ block: DistillationBlock, _ time: TimeBudget, _ event: (round: Int, number: Int, of: Int),
    _ progress: (BlockwiseDistillation.Event) -> Void
  ) throws(EspalierError) {
    guard !time.isOver else { return }
    do throws(EspalierError) {
      let training = try Self.training(block, networks, seen, heldOut, settings)
      let outcome = try learn(block, training, time, event, progress)
      if event.round == 1 { gains[event.number - 1] = (outcome.before, outcome.lateGain) }
    } catch {
      guard [.model, .unsupported].contains(error.kind) else { throw error }
      untrained.append(.init(name: block.name, reason: "\(error)"))
    }
  }

  private mutating func trainWhole(_ progress: (BlockwiseDistillation.Event) -> Void) throws(EspalierError) {
    let training = try Self.training(networks.whole, networks, seen, heldOut, settings, isWhole: true)
    let outcome = try learn(networks.whole, training, budget, (round: 3, number: 0, of: 0), progress)
    guard outcome.after < after else { return }
    after = outcome.after
    best = networks.student
  }

  /// Trains a block, and stores what it has learnt.
  private mutating func learn(
    _ block: DistillationBlock, _ training: PartTraining, _ time: TimeBudget,
    _ event: (round: Int, number: Int, of: Int), _ progress: (BlockwiseDistillation.Event) -> Void
  ) throws(EspalierError) -> PartTraining.Outcome {
    let begin = budget.now()
    let outcome = try training.run(time, seed: settings.seed &+ UInt64(trained.count)) { steps in
      progress(.step(round: event.round, number: event.number, of: event.of, steps: steps))
    }
    for (name, tensor) in outcome.parameters { networks.student.constants[name] = tensor }
    let entry = DistillationRecord.Block(
      name: block.name, layers: block.layers, round: event.round, before: outcome.before, after: outcome.after,
      steps: outcome.steps, stepSize: outcome.stepSize, seconds: budget.now() - begin)
    trained.append(entry)
    progress(.trained(entry, number: event.number, of: event.of))
    try saved?.note(networks.student, used: budget.now() - start)
    return outcome
  }

  private static func training(
    _ block: DistillationBlock, _ networks: DistillationNetworks, _ seen: DistillationValues,
    _ heldOut: DistillationValues, _ settings: BlockwiseDistillation, isWhole: Bool = false
  ) throws(EspalierError) -> PartTraining {
    let part = networks.studentPart(block)
    let runner = PartRunner(part, on: settings.backend)
    return try PartTraining(
      part, points: block.points, parameters: networks.parameters(of: block),
      on: seen.batches(for: block, runner, lacking: networks.dropped, isWhole: isWhole),
      heldOut: heldOut.batches(for: block, runner, lacking: networks.dropped, isWhole: isWhole),
      backend: settings.backend)
  }
}
