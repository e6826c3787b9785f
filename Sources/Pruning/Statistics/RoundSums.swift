import EspalierDatasets
import EspalierFiles
import EspalierProcesses

/// The sums of all batches of one round, as the nodes of the network have computed them.
struct RoundSums {
  private let part: CompiledPass
  private let processes: any ProcessGroup
  /// The number of samples of the own batch; 0 if it does not count.
  private let samples: Int
  /// The fold of each batch, and the number of folds.
  private let folds: [Int]
  private let foldCount: Int

  /// The sums behind a run of `part` on the own batch of `round`, of so many samples.
  init(_ part: CompiledPass, _ round: BatchRound, _ pass: CalibrationPass, samples: Int) {
    self.part = part
    processes = pass.processes
    self.samples = processes.rank < round.sizes.count ? samples : 0
    folds = pass.folds.folds(of: round)
    foldCount = pass.folds.count
  }

  /// Adds the sums at one point to the statistics of the folds.
  func add(_ outputs: StatisticsNodes.Outputs, to statistics: inout [ActivationStatistics]) throws(EspalierError) {
    if samples > 0 {
      statistics[fold(of: processes.rank, among: statistics.count)].count(samples, columns: outputs.columns)
    }
    try forEach(outputs.first, among: statistics.count) { statistics[$0].add(first: $1) }
    try forEach(outputs.magnitudes, among: statistics.count) { statistics[$0].add(magnitudes: $1) }
    try forEach(outputs.partial, among: statistics.count) { statistics[$0].add(partial: $1) }
    try forEach(outputs.second, among: statistics.count) { statistics[$0].add(second: $1) }
    try forEach(outputs.outputEnergy, among: statistics.count) { statistics[$0].add(outputEnergy: $1) }
  }

  /// Adds the moments of a layer's target to those of the folds.
  func add(_ outputs: TargetNodes.Outputs, to targets: inout [TargetMoments]) throws(EspalierError) {
    try forEach(outputs.cross, among: targets.count) { targets[$0].cross.elements.add($1) }
    try forEach(outputs.sum, among: targets.count) { targets[$0].sum.add($1) }
    try forEach(outputs.squares, among: targets.count) { targets[$0].squares.add($1) }
  }

  /// Adds the squared norms of the residual that is measured, in the order of their names.
  func addNorms(to norms: inout [Double]) throws(EspalierError) {
    let own = try part.norms.map { (name) throws(EspalierError) in try part.floats(name)[0] }
    own.withUnsafeBufferPointer { own in
      processes.forEachContribution(to: own, from: folds.count) { _, offset, numbers in
        norms.add(BatchSums(offset: offset, numbers: numbers))
      }
    }
  }

  private func fold(of batch: Int, among count: Int) -> Int { folds[batch] * count / foldCount }

  /// Calls `add` with the fold and the sums of each batch, in order.
  private func forEach(
    _ name: String?, among count: Int, _ add: (Int, BatchSums) -> Void
  ) throws(EspalierError) {
    guard let name else { return }
    let sums = UnsafeBufferPointer(try part.floats(name))
    processes.forEachContribution(to: sums, from: folds.count) { batch, offset, numbers in
      add(fold(of: batch, among: count), BatchSums(offset: offset, numbers: numbers))
    }
  }
}
