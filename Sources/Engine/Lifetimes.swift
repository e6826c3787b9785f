/// The first and last step at which each value must be in memory; a view extends the lifetime of the value it shows.
struct Lifetimes {
  struct Owner {
    var value: String
    var firstStep: Int
    var lastStep: Int
  }

  /// The values that need a place in the arena.
  private(set) var owners: [Owner] = []
  /// For each value, the value whose memory it occupies: itself, or the one it is a view of.
  private(set) var ownerOf: [String: String] = [:]

  init(_ steps: [Step], persistent: Set<String>, results: [String]) {
    for value in persistent { ownerOf[value] = value }
    var position: [String: Int] = [:]
    func touch(_ value: String, at step: Int, _ owners: inout [Owner]) {
      guard let owner = ownerOf[value], let index = position[owner] else { return }
      owners[index].lastStep = max(owners[index].lastStep, step)
    }
    for (number, step) in steps.enumerated() {
      for input in step.inputs { touch(input, at: number, &owners) }
      for (index, output) in step.outputs.enumerated() where !output.isEmpty {
        if step.isView, index == 0, let owner = ownerOf[step.inputs[0]] {
          ownerOf[output] = owner
        } else {
          ownerOf[output] = output
          position[output] = owners.count
          owners.append(Owner(value: output, firstStep: number, lastStep: number))
        }
      }
    }
    for result in results { touch(result, at: steps.count, &owners) }
  }
}
