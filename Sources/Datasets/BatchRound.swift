/// The batches that the processes of a group take at the same time, one each, in the order of ranks.
///
/// What is summed over batches is summed round by round, and in each round in the order of ranks: in the order in which
/// one process would come to them.
package struct BatchRound: Hashable, Sendable {
  /// The index of the first batch among all.
  package let index: Int
  /// The number of samples in the batches before it.
  package let position: Int
  /// The number of samples of each batch; fewer batches than processes where no more are left.
  package let sizes: [Int]

  /// A round of batches of these sizes.
  package init(index: Int, position: Int, sizes: [Int]) {
    (self.index, self.position, self.sizes) = (index, position, sizes)
  }

  /// The number of samples up to the end of the round.
  package var end: Int { position + sizes.reduce(0, +) }

  /// The rounds of batches of these sizes among so many processes.
  package static func all(of sizes: [Int], among processes: Int) -> [BatchRound] {
    var (rounds, position): ([BatchRound], Int) = ([], 0)
    for index in stride(from: 0, to: sizes.count, by: processes) {
      let round = BatchRound(
        index: index, position: position, sizes: Array(sizes[index..<min(index + processes, sizes.count)]))
      rounds.append(round)
      position = round.end
    }
    return rounds
  }
}
