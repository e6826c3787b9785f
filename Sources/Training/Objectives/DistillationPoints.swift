import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// The points at which a small network is compared with the large one it was pruned from: the values at which the two
/// correspond again, and the outputs.
///
/// A value represents everything computed before it if the rest of the network reads nothing else: it is the only live
/// value there, as the output of a residual block is. Between two such values the networks may differ in shape, inside
/// a pruned block. The point is then the last value of the same shape in both before the next layer with weights, so
/// that everything that belongs to a layer (normalisation, activation) lies in front of it. Outputs that no node reads
/// represent only themselves.
struct DistillationPoints {
  /// The values, in the order they are computed; the outputs are the last.
  private(set) var values: [String] = []
  private var candidate: String?
  private var differs = false

  /// Compares two networks whose inputs have the types `feeds` and whose `outputs` have the same types.
  ///
  /// - Throws: `EspalierError` if shapes do not fit.
  /// - Complexity: O(nodes), and two type inferences.
  init(student: Graph, teacher: Graph, outputs: [String], feeds: [String: TensorType]) throws(EspalierError) {
    let inference = try TypeInference(student, feeds: feeds)
    let others = try TypeInference(teacher, feeds: feeds).types
    let lastReaders = Self.lastReaders(in: student)
    let end = student.nodes.count
    var live = Set(student.feeds.map(\.name))
    var computed = live
    for (position, typed) in inference.nodes.enumerated() {
      let node = typed.node
      guard node.inputs.contains(where: computed.contains) else { continue }
      computed.formUnion(node.outputs)
      let isChanged = node.outputs.contains { !$0.isEmpty && inference.types[$0] != others[$0] }
      if isChanged || typed.op.axes?.contractions.isEmpty == false { close() }
      if isChanged { differs = true }
      live.formUnion(node.outputs.filter { lastReaders[$0] != nil })
      live.subtract(node.inputs.filter { lastReaders[$0] == position })
      // Outputs that no node reads stay live to the end; there, the last of them is the point.
      let read = live.filter { lastReaders[$0] != end }
      guard differs, let value = read.isEmpty && live.count == 1 ? live.first : read.count == 1 ? read.first : nil,
        let type = inference.types[value], type == others[value],
        candidate.map({ inference.types[$0] == type }) ?? true
      else { continue }
      candidate = value
    }
    close()
    values.removeAll(where: outputs.contains)
    values += outputs
  }

  private mutating func close() {
    guard let found = candidate else { return }
    values.append(found)
    candidate = nil
    differs = false
  }

  /// For each value, the position of the last node that reads it; one past the last node for outputs that no node
  /// reads.
  private static func lastReaders(in graph: Graph) -> [String: Int] {
    var readers: [String: Int] = [:]
    for (position, node) in graph.nodes.enumerated() { for value in node.inputs { readers[value] = position } }
    for output in graph.outputs where readers[output.name] == nil { readers[output.name] = graph.nodes.count }
    return readers
  }
}
