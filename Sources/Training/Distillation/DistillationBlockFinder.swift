import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// Cuts a network into blocks where few values cross.
///
/// A value that crosses a gap alone represents everything in front of it, as the end of a residual block does: no
/// addition that joins branches is cut. Where more than ``wideLayers`` layers have no such value between them (levels
/// of a network with long skips), gaps that two to four values cross are taken as well. A cut lies as far behind a
/// layer as what belongs to it (normalisation, activation) goes, and only where all crossing values are comparable.
/// Blocks are joined until they have two layers and a hundredth of the operations: a single layer is what re-fitting
/// solves.
struct DistillationBlockFinder {
  /// The number of layers beyond which a block is cut where more than one value crosses.
  static let wideLayers = 12
  /// The most values at a cut.
  private static let mostCrossing = 4

  /// The whole network.
  let whole: DistillationBlock
  /// The blocks, at least one.
  private(set) var blocks: [DistillationBlock] = []

  private let inference: TypeInference
  private let crossing: CrossingValues
  private let teacher: [String: TensorType]
  private let dropped: DroppedElements

  /// Cuts the student of `pair`.
  ///
  /// - Parameters:
  ///   - inference: The student's types.
  ///   - known: The student's values that are known in advance.
  ///   - teacher: The types of the teacher's values.
  init(
    _ pair: DistillationPair, _ inference: TypeInference, known: Set<String>, dropped: DroppedElements,
    teacher: [String: TensorType]
  ) {
    let student = pair.student
    crossing = CrossingValues(student, parameters: Set(student.parameters), known: known)
    (self.inference, self.teacher, self.dropped) = (inference, teacher, dropped)
    let producers = student.producers()
    let outputs = pair.outputs.filter { inference.types[$0]?.elementType == .float32 }.compactMap { output in
      producers[output].map { position in
        let point = DistillationPoint(output: output, madeBy: inference.nodes[position])
        let isSame = teacher[point.value] == inference.types[point.value]
        return (position, isSame ? point : DistillationPoint(output))
      }
    }
    let nodes = 0..<student.nodes.count
    let cost = inference.nodes.map(\.op.cost.macs)
    whole = DistillationBlock(
      inputs: [], ends: [], points: outputs.map(\.1), nodes: nodes, layers: crossing.isLayer.count { $0 },
      macs: cost.reduce(0, +))
    var begin = 0
    var inputs: [String] = []
    let cuts = cuts(nodes)
    for cut in cuts + [nodes.upperBound - 1] {
      let range = begin..<cut + 1
      let isLast = cut == nodes.upperBound - 1
      let ends = isLast ? [] : crossing.behind[cut]
      let own = outputs.filter { range.contains($0.0) }.map(\.1)
      let points = ends.filter { end in !own.contains { $0.value == end } }.map { DistillationPoint($0) } + own
      let block = DistillationBlock(
        inputs: inputs, ends: ends, points: points, nodes: range, layers: crossing.isLayer[range].count { $0 },
        macs: cost[range].reduce(0, +))
      let isSmall = block.layers < 2 || block.macs * 100 < whole.macs
      guard isLast ? block.layers > 0 && !points.isEmpty : !isSmall else {
        if isLast { joinLast(block) }
        continue
      }
      blocks.append(block)
      (begin, inputs) = (cut + 1, ends)
    }
  }

  /// Joins what is behind the last cut to the block in front of it.
  private mutating func joinLast(_ rest: DistillationBlock) {
    guard let last = blocks.popLast() else {
      blocks = [whole]
      return
    }
    let points = last.points.filter { point in !last.ends.contains(point.value) } + rest.points
    blocks.append(
      DistillationBlock(
        inputs: last.inputs, ends: [], points: points.isEmpty ? last.points : points,
        nodes: last.nodes.lowerBound..<rest.nodes.upperBound, layers: last.layers + rest.layers,
        macs: last.macs + rest.macs))
  }

  /// The positions of the nodes behind which the network may be cut, ascending.
  private func cuts(_ nodes: Range<Int>) -> [Int] {
    var cuts = candidates(crossedBy: 1)
    for width in 2...Self.mostCrossing {
      let more = candidates(crossedBy: width)
      let bounds = [nodes.lowerBound - 1] + cuts + [nodes.upperBound - 1]
      for (begin, end) in zip(bounds, bounds.dropFirst())
      where begin < end && crossing.isLayer[begin + 1...end].count(where: { $0 }) > Self.wideLayers {
        cuts += more.filter { begin < $0 && $0 < end }
      }
      cuts.sort()
    }
    return cuts
  }

  /// For each layer, the last place behind it and in front of the next where `width` comparable values of the same
  /// types cross as at the first such place.
  private func candidates(crossedBy width: Int) -> [Int] {
    var found: [Int] = []
    var candidate: (position: Int, types: [TensorType?])?
    for (position, values) in crossing.behind.enumerated() {
      if crossing.isLayer[position] {
        if let candidate { found.append(candidate.position) }
        candidate = nil
      }
      guard values.count == width, values.allSatisfy(isComparable) else { continue }
      let types = values.map { inference.types[$0] }
      if candidate.map({ $0.types == types }) ?? true { candidate = (position, types) }
    }
    return found
  }

  private func isComparable(_ value: String) -> Bool {
    guard let own = inference.types[value], own.elementType == .float32, let other = teacher[value] else {
      return false
    }
    return dropped.left(of: value, other) == own
  }
}
