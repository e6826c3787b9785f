import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

/// A small network and the large one that it was pruned from, with inputs and outputs of the same names and types.
struct DistillationPair {
  /// The network that learns.
  let student: Graph
  /// The network that it learns from, its inputs named as the student's.
  let teacher: Graph
  /// The outputs of real numbers.
  let outputs: [String]

  /// Pairs two networks, whose inputs have the types `feeds`.
  ///
  /// - Throws: `EspalierError` if the networks have different operator sets, inputs or outputs, or no output of real
  ///   numbers.
  init(_ student: Graph, from teacher: Graph, feeds: [String: TensorType]) throws(EspalierError) {
    guard student.opsets == teacher.opsets else {
      throw EspalierError(.argument, "the teacher", "is written in other operator sets than the network")
    }
    self.student = student
    self.teacher = try teacher.takingInputs(of: student)
    let (own, others) = (
      try TypeInference(student, feeds: feeds).types, try TypeInference(self.teacher, feeds: feeds).types
    )
    for output in student.outputs where others[output.name] == nil || others[output.name] != own[output.name] {
      throw EspalierError(
        .argument, "the teacher", "has no output \"\(output.name)\" of the same shape",
        remedy: "give the network that this one was pruned from")
    }
    outputs = student.outputs.map(\.name).filter { own[$0]?.elementType.isFloatingPoint == true }
    guard !outputs.isEmpty else { throw EspalierError(.model, "the network", "has no output of real numbers to learn") }
  }
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
