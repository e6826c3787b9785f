import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import OrderedCollections

/// The distance of a small network from the large one it was pruned from, block by block and without labels: the sum of
/// `||student_v - teacher_v||^2 / ||teacher_v||^2` over a batch, over the points v at which the two correspond
/// (``DistillationPoints``), including all floating point outputs.
///
/// Both networks run in one graph on the same inputs; the teacher in inference mode, with its values renamed and
/// without gradients.
struct Distillation: Objective {
  let network: Graph
  /// The values compared, by their names in the student.
  let points: [String]
  private let teacher: Graph
  private let adapter: InputAdapter

  /// Compares `student` with `teacher` on the samples of `dataset`.
  ///
  /// - Throws: `EspalierError` if the networks have different inputs or outputs, or the data does not fit.
  init(_ student: Graph, from teacher: Graph, on dataset: any Dataset) throws(EspalierError) {
    guard student.opsets == teacher.opsets else {
      throw EspalierError(.argument, "the teacher", "is written in other operator sets than the network")
    }
    adapter = try InputAdapter(dataset, for: student)
    let feeds = adapter.feeds(count: 1)
    network = student
    self.teacher = try teacher.takingInputs(of: student)
    let (own, others) = (
      try TypeInference(student, feeds: feeds).types, try TypeInference(self.teacher, feeds: feeds).types
    )
    for output in student.outputs where others[output.name] == nil || others[output.name] != own[output.name] {
      throw EspalierError(
        .argument, "the teacher", "has no output \"\(output.name)\" of the same shape",
        remedy: "give the network that this one was pruned from")
    }
    let outputs = student.outputs.map(\.name).filter { own[$0]?.elementType.isFloatingPoint == true }
    guard !outputs.isEmpty else { throw EspalierError(.model, "the network", "has no output of real numbers to learn") }
    points = try DistillationPoints(student: student, teacher: self.teacher, outputs: outputs, feeds: feeds).values
  }

  var checksums: [String: UInt32] { ["network": network.checksum, "teacher": teacher.checksum] }

  func loss(on network: Graph, batchSize: Int) throws(EspalierError) -> Loss {
    var builder = GraphBuilder(network, prefix: "distillation")
    let feeds = adapter.feeds(count: batchSize)
    let teachers = builder.add(teacher, prefix: "teacher of distillation/", sharing: Set(feeds.keys))
    var sum = builder.store(Tensor(scalar: Float(0)), as: "distillation/zero")
    // Prevents 0 / 0 if the teacher is all zeros.
    let floor = builder.store(Tensor(scalar: Float(1e-12)), as: "distillation/floor")
    for point in points { sum = builder.add(sum, relativeErrorOf: point, from: teachers[point]!, floor: floor) }
    return Loss(graph: builder.graph, value: sum, feeds: feeds)
  }

  func inputs(_ batch: Batch) -> [String: Tensor] { adapter(batch) }
}

extension Graph {
  /// The same network with its inputs named as those of `other`: its only input is renamed, several must already have
  /// these names.
  ///
  /// - Throws: `EspalierError` if it has other inputs.
  package func takingInputs(of other: Graph) throws(EspalierError) -> Graph {
    if feeds.count == 1, other.feeds.count == 1 { return renaming(feeds[0].name, to: other.feeds[0].name) }
    guard Set(feeds.map(\.name)) == Set(other.feeds.map(\.name)) else {
      throw EspalierError(.argument, "the teacher", "has other inputs than the network")
    }
    return self
  }
}

extension GraphBuilder {
  /// Adds `sum + || student - teacher ||^2 / (|| teacher ||^2 + floor)` and returns the name of the result.
  fileprivate mutating func add(
    _ sum: String, relativeErrorOf student: String, from teacher: String, floor: String
  ) -> String {
    let error = squaredNorm(of: add(Subtract.name, [student, teacher]))
    let scale = add(Add.name, [squaredNorm(of: teacher), floor])
    return add(Add.name, [sum, add(Divide.name, [error, scale])])
  }

  private mutating func squaredNorm(of value: String) -> String {
    add(ReduceSum.name, [add(Multiply.name, [value, value])], ["keepdims": .int(0)])
  }
}
