import EspalierFiles
import EspalierGraph
import EspalierTensors

/// ONNX Runtime's attention over queries, keys and values computed by other nodes: ``AttentionHeads`` over `B x S x (H
/// x d)`.
///
/// Further inputs: a bias of queries, keys and values in one vector, a mask of keys, and numbers added to the products.
/// Queries packed with keys and values, and keys of earlier steps, are rejected.
package struct MultiHeadAttention: CompositeOperator {
  /// `com.microsoft::MultiHeadAttention`.
  package static let name: OperatorName = .microsoft("MultiHeadAttention")

  /// The bias.
  package static var parameterInputs: ParameterInputs { .at(3..<4) }

  /// Biases, heads, masks.
  package let body: Body
  /// Each head is tied to its queries, keys, values, biases and results.
  package let axes: AxisRule?
  private let headSize: Int

  /// Reads the number of heads and builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    let heads = try Self.heads(call)
    headSize = heads.headSize
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in try Self.write(heads, to: &body) }
    axes = Self.axes(call, heads)
  }

  private static func heads(_ call: Invocation) throws(EspalierError) -> AttentionHeads {
    let shapes = try call.floatInputs(0..<3).map(\.shape)
    let (q, k, v) = (shapes[0], shapes[1], shapes[2])
    let count = try call.int("num_heads", default: 0)
    guard q.rank == 3, k.rank == 3, v.rank == 3, count > 0, q[2] % count == 0, v[2] % count == 0, q[2] == k[2],
      q[0] == k[0], q[0] == v[0], k[1] == v[1]
    else { throw call.error("cannot attend with \(count) heads to queries \(q), keys \(k) and values \(v)") }
    for position in 6..<10 where call.has(input: position) {
      throw call.unsupported("takes keys of earlier steps", remedy: "export the network as an encoder")
    }
    let headSize = q[2] / count
    return AttentionHeads(
      batch: q[0], heads: count, sharedHeads: count, queries: q[1], keys: k[1], headSize: headSize,
      valueSize: v[2] / count,
      scale: try call.float("scale", default: 0).orStandard(headSize),
      causalOffset: try call.flag("unidirectional") ? k[1] - q[1] : nil)
  }

  private static func write(_ heads: AttentionHeads, to body: inout BodyBuilder) throws(EspalierError) {
    var values: [String] = []
    for position in 0..<3 { values.append(try body.required(position)) }
    let sizes = [heads.headSize, heads.headSize, heads.valueSize].map { $0 * heads.heads }
    if let bias = body.input(3) {
      guard try body.call.floatInput(3).shape == [sizes.reduce(0, +)] else {
        throw body.call.error("has a bias that is not \(sizes.reduce(0, +)) numbers")
      }
      var first = 0
      for position in 0..<3 {
        let places = body.store(Tensor(shape: [sizes[position]], (first..<first + sizes[position]).map(Int64.init)))
        values[position] = body.add(Add.name, [values[position], body.add(Gather.name, [bias, places])])
        first += sizes[position]
      }
    }
    let lengths = [heads.queries, heads.keys, heads.keys]
    let split = (0..<3).map {
      body.splitHeads(values[$0], heads.batch, lengths[$0], heads: heads.heads, size: sizes[$0] / heads.heads)
    }
    try heads.finish(split, mask: 4, addend: 5, in: &body)
  }

  private static func axes(_ call: Invocation, _ heads: AttentionHeads) -> AxisRule? {
    guard heads.headSize == heads.valueSize else { return nil }
    let (q, y) = (Port.input(0), Port.output(0))
    var rule = AxisRule()
    rule.addSamples([q, .input(1), .input(2)], to: y, areMasked: [4, 5].contains(where: call.has(input:)))
    rule.ties += (0..<3).map { AxisTie(PortAxis(.input($0), 2), PortAxis(y, 2)) }
    if call.has(input: 3) {
      let size = heads.heads * heads.headSize
      rule.ties.append(AxisTie(PortAxis(y, 2), PortAxis(.input(3), 0), repetitions: 3, period: size))
    }
    rule.blocks = [AxisBlocks(PortAxis(y, 2), size: heads.headSize)]
    rule.frozen += [q, .input(1), .input(2), y].map { FrozenAxis(PortAxis($0, 1), "attends over it") }
    let own = AxisTie(PortAxis(y, 2), PortAxis(y, 2), block: heads.headSize)
    for position in 4..<6 { rule.addMask(position, of: call, heads: own, count: heads.heads) }
    rule.multipliesValues = true
    rule.heads = [PortAxis(y, 2)]
    return rule
  }

  /// Adapts the number of heads.
  package func resize(_ resizing: inout NodeResizing) {
    resizing.set("num_heads", to: .int(Int64(resizing.inputShape(0)[2] / max(headSize, 1))))
  }
}

extension Float {
  /// The stated scale, or `1 / sqrt(head size)` if it is 0.
  func orStandard(_ headSize: Int) -> Float { self == 0 ? 1 / Float(Swift.max(headSize, 1)).squareRoot() : self }
}
