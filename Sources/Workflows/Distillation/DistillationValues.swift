import EspalierFiles
import EspalierOperators
import EspalierPruning
import EspalierTensors
import EspalierTraining

/// For each batch of inputs, the values of a small network and of the large one at the cut that a distillation has
/// reached.
struct DistillationValues {
  /// The networks' inputs.
  let inputs: ActivationBatches
  /// What the large network's outputs are learnt from.
  private(set) var outputs: ActivationBatches
  private var student: ActivationBatches
  private var teacher: ActivationBatches

  /// The values at the inputs, and the outputs of the large network, which `runner` computes.
  init(_ inputs: ActivationBatches, outputs runner: PartRunner) throws(EspalierError) {
    self.inputs = inputs
    (student, teacher) = (ActivationBatches(), ActivationBatches())
    var outputs = ActivationBatches()
    for index in 0..<inputs.count {
      try student.append([:])
      try teacher.append([:])
      try outputs.append(runner(inputs.batch(at: index)))
    }
    self.outputs = outputs
  }

  /// Goes back to the inputs.
  mutating func restart() throws(EspalierError) {
    try student.replaceAll { _ in [:] }
    try teacher.replaceAll { _ in [:] }
  }

  /// Moves the large network's values to the end of a block.
  mutating func advanceTeacher(_ part: PartRunner) throws(EspalierError) {
    let (inputs, values) = (inputs, teacher)
    try teacher.replaceAll { (index) throws(EspalierError) in
      try part(Self.fields(inputs, values, index, part))
    }
  }

  /// Moves the small network's values to the end of a block that leaves `ends`.
  mutating func advanceStudent(_ part: PartRunner, to ends: [String]) throws(EspalierError) {
    let (inputs, values) = (inputs, student)
    try student.replaceAll { (index) throws(EspalierError) in
      try part(Self.fields(inputs, values, index, part)).filter { ends.contains($0.key) }
    }
  }

  /// The batches for a block that `part` computes, with the large network's values at its end as targets.
  ///
  /// - Parameter isWhole: Whether the block is the whole network.
  func batches(
    for block: DistillationBlock, _ part: PartRunner, lacking dropped: DroppedElements, isWhole: Bool = false
  ) -> PartBatches {
    let (inputs, targets) = (inputs, isWhole ? outputs : teacher)
    let student = isWhole ? nil : student
    let types = (0..<inputs.count).map { index in
      let own = inputs.types[index].merging(student?.types[index] ?? [:]) { $1 }.filter { part.reads($0.key) }
      let goals = block.points.compactMap { point in
        targets.types[index][point.value].map { (point.target, dropped.left(of: point.value, $0)) }
      }
      return own.merging(goals) { $1 }
    }
    return PartBatches(types: types) { (index) throws(EspalierError) in
      let own = try Self.fields(inputs, student, index, part)
      let values = try targets.batch(at: index)
      let goals = block.points.compactMap { point in
        values[point.value].map { (point.target, dropped.left(of: point.value, $0)) }
      }
      return own.merging(goals) { $1 }
    }
  }

  /// What `part` reads of a batch's inputs and of `values`.
  private static func fields(
    _ inputs: ActivationBatches, _ values: ActivationBatches?, _ index: Int, _ part: PartRunner
  ) throws(EspalierError) -> [String: Tensor] {
    var fields = try values?.batch(at: index) ?? [:]
    if inputs.types[index].keys.contains(where: part.reads) {
      fields.merge(try inputs.batch(at: index)) { $1 }
    }
    return fields.filter { part.reads($0.key) }
  }
}
