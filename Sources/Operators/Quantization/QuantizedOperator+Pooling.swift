import EspalierFiles
import EspalierGraph

extension Node {
  /// Whether the channels are the last axis rather than axis 1.
  var hasChannelsLast: Bool { if case .int(1)? = attributes["channels_last"] { true } else { false } }
}

extension QuantizedOperator {
  /// The body of a pool, with the channels moved to axis 1 and back where they are last.
  static func poolingBody(_ call: Invocation) throws(EspalierError) -> Body {
    guard call.node.hasChannelsLast else { return try body(call) }
    let rank = try call.input(0).shape.rank
    guard rank > 2 else { throw call.error("has nothing to pool in an input of \(rank) axes") }
    return try body(call) { (body: inout BodyBuilder, values) in
      let moved = body.transpose(values[0], [0, rank - 1] + Array(1..<rank - 1))
      let pooled = body.add(Self.function, [moved], call.node.attributes)
      return body.transpose(pooled, [0] + Array(2..<rank) + [1])
    }
  }
}
