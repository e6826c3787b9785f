import Datasets
import Engine
import Files
import Graph
import Operators
import OrderedCollections
import Tensors

/// How far a small network is from the large one it was pruned from, block by block and without labels: the sum over the points v
/// at which the two meet (``DistillationPoints``) of `||student_v - teacher_v||^2 / ||teacher_v||^2` over a batch.
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
  /// - Throws: `DataError` if a network has several inputs, the data does not fit, or the two have different outputs.
  init(_ student: Graph, from teacher: Graph, on dataset: any Dataset) throws {
    guard let feed = student.feeds.first, student.feeds.count == 1, teacher.feeds.count == 1 else {
      throw DataError("the network", "has \(student.feeds.count) inputs, and distillation feeds exactly one")
    }
    guard student.opsets == teacher.opsets else {
      throw DataError("the teacher", "is written in other operator sets than the network")
    }
    guard let output = student.outputs.first?.name else { throw DataError("the network", "has no outputs") }
    adapter = try InputAdapter(dataset, to: feed.name, dimensions: feed.dimensions?.map(\.size) ?? [])
    let feeds = [feed.name: TensorType(Shape([1] + adapter.sampleShape))]
    network = student
    self.teacher = teacher.renaming(teacher.feeds[0].name, to: feed.name)
    points = try DistillationPoints(student: student, teacher: self.teacher, output: output, feeds: feeds).values
    let types = try TypeInference(self.teacher, feeds: feeds).types
    guard let type = types[output], try type == TypeInference(student, feeds: feeds).types[output] else {
      throw DataError(
        "the teacher", "has no output \"\(output)\" of the same shape",
        remedy: "give the network that this one was pruned from")
    }
  }

  func loss(on network: Graph, batchSize: Int) throws -> Loss {
    let prefix = "teacher of distillation/"
    var graph = network.joining(teacher.prefixing(with: prefix, except: [adapter.input]))
    var builder = LossBuilder(prefix: graph.unusedName("distillation"))
    for point in points { builder.addRelativeError(of: point, from: prefix + point) }
    graph.nodes += builder.nodes
    graph.constants.merge(builder.constants) { first, _ in first }
    return Loss(
      graph: graph, value: builder.sum, feeds: [adapter.input: TensorType(Shape([batchSize] + adapter.sampleShape))])
  }

  func feed(_ batch: Batch, to session: Session) throws {
    try session.set(adapter.input, to: adapter(batch))
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
