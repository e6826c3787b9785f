import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The boxes that remain where each suppresses those of lower score that overlap it: rows of batch, class and box.
///
/// Inputs: boxes `N x B x 4`, scores `N x classes x B`, and optionally the most boxes of a class (0 by default), the
/// overlap above which a box is suppressed (0 by default), and the least score. With the attribute `center_point_box`,
/// boxes are centre and size rather than two corners. Their number determines the output's shape, so boxes and scores
/// must be known before the network runs.
package struct NonMaxSuppression: ChoosingOperator {
  /// `NonMaxSuppression`.
  package static let name: OperatorName = "NonMaxSuppression"

  /// All inputs: how many boxes are left follows from them.
  package static var inputsKnownBeforehand: [Int] { Array(0..<5) }

  /// The chosen boxes.
  package let known: [Tensor]?

  /// Chooses the boxes of each class.
  package init(_ call: Invocation) throws(EspalierError) {
    let (boxes, scores) = (try call.knownInput(0), try call.knownInput(1))
    guard boxes.shape.rank == 3, boxes.shape[2] == 4, scores.shape.rank == 3, scores.shape[0] == boxes.shape[0],
      scores.shape[2] == boxes.shape[1], let corners = boxes.floats(), let values = scores.floats()
    else { throw call.error("cannot choose from boxes of \(boxes.shape) by scores of \(scores.shape)") }
    func setting(_ position: Int) throws(EspalierError) -> Double? {
      call.has(input: position) ? try call.knownInput(position).doubles()?.first : nil
    }
    let most = try call.has(input: 2) ? call.knownInput(2).integers()?.first ?? 0 : 0
    let (overlap, least) = (try setting(3) ?? 0, try setting(4))
    let isCentred = try call.flag("center_point_box")
    let (classes, count) = (scores.shape[1], boxes.shape[1])
    var chosen: [Int64] = []
    for batch in 0..<boxes.shape[0] {
      let all = (0..<count).map { box in
        Box(Array(corners[(batch * count + box) * 4..<(batch * count + box) * 4 + 4]), isCentred: isCentred)
      }
      for category in 0..<classes {
        let own = Array(values[(batch * classes + category) * count..<(batch * classes + category + 1) * count])
        let order = own.indices.filter { least == nil || Double(own[$0]) > least! }
          .sorted { (own[$1], $0) < (own[$0], $1) }
        var kept: [Int] = []
        for box in order where kept.count < most && !kept.contains(where: { all[$0].overlap(all[box]) > overlap }) {
          kept.append(box)
        }
        chosen += kept.flatMap { [Int64(batch), Int64(category), Int64($0)] }
      }
    }
    known = [Tensor(shape: [chosen.count / 3, 3], chosen)]
  }

  /// Rows of three indices.
  package var outputs: [TensorType] { (known ?? []).map(TensorType.init(of:)) }

  /// All axes are frozen.
  package var axes: AxisRule? {
    AxisRule(frozen: (0..<2).map { FrozenAxis(PortAxis(.output(0), $0), "states its elements") })
  }
}

/// A rectangle.
private struct Box {
  let low: (Double, Double)
  let high: (Double, Double)

  init(_ numbers: [Float], isCentred: Bool) {
    let n = numbers.map(Double.init)
    if isCentred {
      (low, high) = ((n[0] - n[2] / 2, n[1] - n[3] / 2), (n[0] + n[2] / 2, n[1] + n[3] / 2))
    } else {
      (low, high) = ((min(n[0], n[2]), min(n[1], n[3])), (max(n[0], n[2]), max(n[1], n[3])))
    }
  }

  var area: Double { (high.0 - low.0) * (high.1 - low.1) }

  /// The area that both cover, over that which either covers.
  func overlap(_ other: Box) -> Double {
    let width = min(high.0, other.high.0) - max(low.0, other.low.0)
    let height = min(high.1, other.high.1) - max(low.1, other.low.1)
    guard width > 0, height > 0 else { return 0 }
    return width * height / (area + other.area - width * height)
  }
}
