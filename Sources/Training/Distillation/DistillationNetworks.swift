import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// A small network, the large one that it was pruned from, and the blocks in which the one learns from the other.
package struct DistillationNetworks: Sendable {
  /// The network that learns; its parameters change as it does.
  package var student: Graph
  /// The network that it learns from.
  package let teacher: Graph
  /// What the student's values lack of the teacher's.
  package let dropped: DroppedElements
  /// The whole network as one block, compared at its outputs.
  package let whole: DistillationBlock
  /// The blocks from the inputs to the outputs.
  package let blocks: [DistillationBlock]
  private let known: (student: [String: Tensor], teacher: [String: Tensor])

  /// Prepares `student` to learn from `teacher` on batches of the types `feeds`.
  ///
  /// - Parameter feeds: The types of the inputs of a batch, of every kind of batch that there is.
  /// - Throws: `EspalierError` if the networks do not belong together, or do not fit the inputs.
  /// - Complexity: a type inference of each network for each of two kinds of batches, and O(nodes).
  package init(
    _ student: Graph, from teacher: Graph, dropped: DroppedElements = DroppedElements(),
    feeds: [[String: TensorType]]
  ) throws(EspalierError) {
    precondition(!feeds.isEmpty, "there is at least one batch")
    let pair = try DistillationPair(
      student.preparedForTraining(), from: teacher.preparedForTraining(), feeds: feeds[0])
    (self.student, self.teacher, self.dropped) = (pair.student, pair.teacher, dropped)
    let kinds = [feeds[0]] + feeds.filter { $0 != feeds[0] }.suffix(1)
    let own = try KnownValues(pair.student, kinds)
    known = (own.values, try KnownValues(pair.teacher, kinds).values)
    let finder = try DistillationBlockFinder(
      pair, own.inference, known: Set(own.values.keys), dropped: dropped,
      teacher: TypeInference(pair.teacher, feeds: feeds[0]).types)
    (whole, blocks) = (finder.whole, finder.blocks)
    guard !whole.points.isEmpty else {
      throw EspalierError(.model, "the network", "has no output of float32 that a node computes, so none can be learnt")
    }
  }

  /// The part of the small network that a block is, from its beginning to what is compared and read at its end.
  package func studentPart(_ block: DistillationBlock) -> Graph { part(of: student, block, known.student) }

  /// The same part of the large network.
  package func teacherPart(_ block: DistillationBlock) -> Graph { part(of: teacher, block, known.teacher) }

  /// The parameters of a block that no other part of the small network reads.
  package func parameters(of block: DistillationBlock) -> Set<String> {
    let others = student.nodes.indices.filter { !block.nodes.contains($0) }
    let elsewhere = Set(others.flatMap { student.nodes[$0].inputs + student.nodes[$0].capturedValues })
    return Set(student.parameters.filter { student.constants[$0]?.elementType == .float32 }).subtracting(elsewhere)
  }

  private func part(of graph: Graph, _ block: DistillationBlock, _ known: [String: Tensor]) -> Graph {
    let targets = block.points.map(\.value) + block.ends.filter { end in !block.points.contains { $0.value == end } }
    let sources = block.inputs + known.keys.sorted()
    var part = graph.extracting(from: sources.map { ValueInfo($0, nil) }, to: targets)
    let read = Set(part.nodes.flatMap { $0.inputs + $0.capturedValues } + targets)
    part.inputs.removeAll { !read.contains($0.name) || known[$0.name] != nil }
    for (name, tensor) in known where read.contains(name) { part.constants[name] = tensor }
    return part
  }
}

/// The values of a network that its parameters and the elements of its inputs do not change: they follow from shapes.
private struct KnownValues {
  /// The types of the first kind of batches.
  let inference: TypeInference
  /// The values that are the same for all kinds of batches, without those stored with the network.
  let values: [String: Tensor]

  init(_ graph: Graph, _ kinds: [[String: TensorType]]) throws(EspalierError) {
    let parameters = Set(graph.parameters)
    inference = try TypeInference(graph, feeds: kinds[0], variables: parameters)
    var values = inference.constants.filter { graph.constants[$0.key] == nil }
    for feeds in kinds.dropFirst() {
      let others = try TypeInference(graph, feeds: feeds, variables: parameters).constants
      values = values.filter { others[$0.key] == $0.value }
    }
    self.values = values
  }
}
