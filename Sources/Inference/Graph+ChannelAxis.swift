import EspalierGraph
import EspalierOperators

extension Graph {
  /// The axis of the input `name` along which the network expects the channels of its images; `nil` if the operator
  /// that reads the input does not determine it.
  ///
  /// Convolutions, pools and batch normalisations have their channels along axis 1; a transposition before them, as
  /// exporters of TensorFlow networks write it, determines the corresponding axis of the input. Arithmetic in between
  /// changes nothing. Complexity: O(nodes).
  package func channelAxis(ofInput name: String) -> Int? {
    let readers = consumers()
    var value = name
    for _ in 0...nodes.count {
      let reading = readers[value, default: []].map { nodes[$0] }.filter { $0.op != ShapeOf.name }
      if reading.contains(where: { Self.channelReading($0) == .secondAxis }) { return 1 }
      guard let node = reading.first else { return nil }
      switch Self.channelReading(node) {
      case .permutes(let order): return order.count == 4 && [1, 3].contains(order[1]) ? order[1] : nil
      case .keepsAxes:
        guard let output = node.outputs.first else { return nil }
        value = output
      case .secondAxis, .unknown: return nil
      }
    }
    return nil
  }

  private static func channelReading(_ node: Node) -> ChannelReading {
    OperatorRegistry.find(node.op)?.channelReading(node) ?? .unknown
  }
}
