import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInputs
import EspalierOperators
import EspalierTensors

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
    adapter = try InputAdapter(dataset, for: student)
    let feeds = adapter.feeds(count: 1)
    let pair = try DistillationPair(student, from: teacher, feeds: feeds)
    (network, self.teacher) = (pair.student, pair.teacher)
    points = try DistillationPoints(
      student: pair.student, teacher: pair.teacher, outputs: pair.outputs, feeds: feeds
    ).values
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
