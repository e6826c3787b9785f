import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// Where a small network is compared with the large one it was pruned from: the values at which the two meet again, and
/// the outputs.
///
/// A value can stand for all that was computed before it where the rest of the network reads nothing else: there it is
/// the only one that lives, as the output of a residual block is. Since the last such point the networks may have
/// differed in shape, inside a pruned block. The point is then the last value of the same shape in both before the next
/// layer with weights, so that what belongs to a layer (normalisation, activation) lies in front of it. Outputs that
/// are computed and read no more stand for nothing but themselves.
struct DistillationPoints {
  /// The values, in the order they are computed; the outputs are the last.
  private(set) var values: [String] = []
  private var candidate: String?
  private var differs = false

  /// Compares two networks whose inputs are of the types `feeds`, and whose `outputs` are alike.
  ///
  /// - Throws: `EspalierError` if shapes do not fit.
  /// - Complexity: O(nodes), and two inferences of types.
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
      // Outputs that nothing more reads wait for the end; the last of them is all that lives then.
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

  /// For each value, the position of the last node that reads it; behind all nodes for outputs that none does.
  private static func lastReaders(in graph: Graph) -> [String: Int] {
    var readers: [String: Int] = [:]
    for (position, node) in graph.nodes.enumerated() { for value in node.inputs { readers[value] = position } }
    for output in graph.outputs where readers[output.name] == nil { readers[output.name] = graph.nodes.count }
    return readers
  }
}
