import Datasets
import Engine
import Files
import Graph
import Operators
import OrderedCollections
import Tensors

/// How far a small network is from the large one it was pruned from, block by block and without labels: the sum over the points v
/// at which the two meet (``DistillationPoints``), all outputs of real numbers among them, of `||student_v - teacher_v||^2 / ||teacher_v||^2` over a batch.
///
/// Both networks run in one graph on the same inputs; the teacher in inference, its values renamed, and without gradients.
struct Distillation: Objective {
  let network: Graph
  /// The values that are compared, by their names in the student.
  let points: [String]
  private let teacher: Graph
  private let adapter: InputAdapter

  /// Compares `student` with `teacher` on the samples of `dataset`.
  ///
  /// - Throws: `DataError` if the networks have different inputs or outputs, or the data does not fit.
  init(_ student: Graph, from teacher: Graph, on dataset: any Dataset) throws {
    guard student.opsets == teacher.opsets else {
      throw DataError("the teacher", "is written in other operator sets than the network")
    }
    adapter = try InputAdapter(dataset, for: student)
    let feeds = adapter.feeds(count: 1)
    network = student
    self.teacher = try teacher.takingInputs(of: student)
    let (own, others) = (
      try TypeInference(student, feeds: feeds).types, try TypeInference(self.teacher, feeds: feeds).types
    )
    for output in student.outputs where others[output.name] == nil || others[output.name] != own[output.name] {
      throw DataError(
        "the teacher", "has no output \"\(output.name)\" of the same shape",
        remedy: "give the network that this one was pruned from")
    }
    let outputs = student.outputs.map(\.name).filter { own[$0]?.elementType.isFloatingPoint == true }
    guard !outputs.isEmpty else { throw DataError("the network", "has no output of real numbers to learn") }
    points = try DistillationPoints(student: student, teacher: self.teacher, outputs: outputs, feeds: feeds).values
  }

  var checksums: [String: UInt32] { ["network": network.checksum, "teacher": teacher.checksum] }

  func loss(on network: Graph, batchSize: Int) throws -> Loss {
    let prefix = "teacher of distillation/"
    var graph = network.joining(teacher.prefixing(with: prefix, except: Set(adapter.feeds(count: 1).keys)))
    var builder = LossBuilder(prefix: graph.unusedName("distillation"))
    for point in points { builder.addRelativeError(of: point, from: prefix + point) }
    graph.nodes += builder.nodes
    graph.constants.merge(builder.constants) { first, _ in first }
    return Loss(graph: graph, value: builder.sum, feeds: adapter.feeds(count: batchSize))
  }

  func inputs(_ batch: Batch) -> [String: Tensor] { adapter(batch) }
}

extension Graph {
  /// The same network with its inputs called as those of `other`: the only one, or those that are so called already.
  ///
  /// - Throws: `DataError` if it has other inputs.
  package func takingInputs(of other: Graph) throws -> Graph {
    if feeds.count == 1, other.feeds.count == 1 { return renaming(feeds[0].name, to: other.feeds[0].name) }
    guard Set(feeds.map(\.name)) == Set(other.feeds.map(\.name)) else {
      throw DataError("the teacher", "has other inputs than the network")
    }
    return self
  }
}

/// Writes a sum of relative squared errors as nodes.
private struct LossBuilder {
  let prefix: String
  private(set) var nodes: [Node] = []
  /// The scalar that all errors so far add up to.
  private(set) var sum: String

  init(prefix: String) {
    self.prefix = prefix
    sum = prefix + "/zero"
  }

  /// Keeps a teacher that is all zeros from making a quotient of zeros.
  private var floor: String { prefix + "/floor" }

  var constants: [String: Tensor] { [prefix + "/zero": Tensor(scalar: Float(0)), floor: Tensor(scalar: Float(1e-12))] }

  mutating func addRelativeError(of student: String, from teacher: String) {
    let error = squaredNorm(of: add(Subtract.name, student, teacher))
    let scale = add(Add.name, squaredNorm(of: teacher), floor)
    sum = add(Add.name, sum, add(Divide.name, error, scale))
  }

  private mutating func squaredNorm(of value: String) -> String {
    let square = add(Multiply.name, value, value)
    let name = "\(prefix)/\(nodes.count)"
    nodes.append(Node(ReduceSum.name, name: name, [square], [name], ["keepdims": .int(0)]))
    return name
  }

  private mutating func add(_ op: OperatorName, _ first: String, _ second: String) -> String {
    let name = "\(prefix)/\(nodes.count)"
    nodes.append(Node(op, name: name, [first, second], [name]))
    return name
  }
}
