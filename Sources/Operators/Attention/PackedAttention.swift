import EspalierFiles
import EspalierGraph
import EspalierTensors

/// ONNX Runtime's self-attention with its projections: queries, keys and values are the concatenated columns of `X W +
/// b`, and go through ``AttentionHeads``.
///
/// X is `B x S x D`, W `D x (2 H d + H e)`, and b has as many elements as W has columns; all widths are equal unless
/// `qkv_hidden_sizes` gives others. Further inputs: a mask of keys, and numbers added to the products (input 6). Keys
/// of earlier steps and rotary positions are rejected.
package struct PackedAttention: CompositeOperator {
  /// `com.microsoft::Attention`.
  package static let name: OperatorName = .microsoft("Attention")

  /// W and b.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The projections, split into queries, keys and values, and the heads.
  package let body: Body
  /// Each head is tied to its columns of W and b and its part of the result. The width of X is frozen: three layers
  /// contract it at once, and pruning cannot treat them separately.
  package let axes: AxisRule?
  private let headSize: Int
  private let statesWidths: Bool

  /// Reads the number of heads and builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    let heads = try Self.heads(call)
    headSize = heads.headSize
    statesWidths = try call.ints("qkv_hidden_sizes") != nil
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in try Self.write(heads, to: &body) }
    axes = Self.axes(call, heads)
  }

  private static func heads(_ call: Invocation) throws(EspalierError) -> AttentionHeads {
    let (x, w) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    let count = try call.int("num_heads", default: 0)
    guard x.rank == 3, w.rank == 2, x[2] == w[0], count > 0 else {
      throw call.error("cannot attend with \(count) heads to an input \(x) by weights \(w)")
    }
    let sizes = try call.ints("qkv_hidden_sizes") ?? [w[1] / 3, w[1] / 3, w[1] - 2 * (w[1] / 3)]
    guard sizes.count == 3, sizes.allSatisfy({ (0...w[1]).contains($0) && $0 % count == 0 }),
      sizes.reduce(0, +) == w[1], sizes[0] == sizes[1]
    else {
      throw call.error("cannot cut \(w[1]) columns into queries, keys and values of \(count) heads")
    }
    guard try !call.flag("do_rotary"), !call.has(input: 4), !call.has(input: 6) else {
      throw call.unsupported(
        "takes keys of earlier steps or rotary positions", remedy: "export the network as an encoder")
    }
    let headSize = sizes[0] / count
    return AttentionHeads(
      batch: x[0], heads: count, sharedHeads: count, queries: x[1], keys: x[1], headSize: headSize,
      valueSize: sizes[2] / count,
      scale: try call.float("scale", default: 0).orStandard(headSize),
      causalOffset: try call.flag("unidirectional") ? 0 : nil)
  }

  private static func write(_ heads: AttentionHeads, to body: inout BodyBuilder) throws(EspalierError) {
    var projected = body.add(MatMul.name, [try body.required(0), try body.required(1)])
    if let bias = body.input(2) { projected = body.add(Add.name, [projected, bias]) }
    let sizes = [heads.headSize, heads.headSize, heads.valueSize]
    var first = 0
    let parts = sizes.map { size in
      let width = size * heads.heads
      let places = body.store(Tensor(shape: [width], (first..<first + width).map(Int64.init)))
      first += width
      let part = body.add(Gather.name, [projected, places], ["axis": .int(2)])
      return body.splitHeads(part, heads.batch, heads.queries, heads: heads.heads, size: size)
    }
    try heads.finish(parts, mask: 3, addend: 5, in: &body)
  }

  private static func axes(_ call: Invocation, _ heads: AttentionHeads) -> AxisRule? {
    guard heads.headSize == heads.valueSize else { return nil }
    let (x, w, y) = (Port.input(0), Port.input(1), Port.output(0))
    let size = heads.heads * heads.headSize
    let bias: Port? = call.has(input: 2) ? .input(2) : nil
    var rule = AxisRule(ties: [
      AxisTie(PortAxis(x, 2), PortAxis(w, 0)),
      AxisTie(PortAxis(y, 2), PortAxis(w, 1), repetitions: 3, period: size),
    ])
    if let bias { rule.ties.append(AxisTie(PortAxis(y, 2), PortAxis(bias, 0), repetitions: 3, period: size)) }
    rule.blocks = [AxisBlocks(PortAxis(y, 2), size: heads.headSize)]
    rule.frozen =
      [PortAxis(x, 1), PortAxis(y, 1)].map { FrozenAxis($0, "attends over it") }
      + [PortAxis(x, 2), PortAxis(w, 0)].map { FrozenAxis($0, "projects it to queries, keys and values at once") }
    let own = AxisTie(PortAxis(y, 2), PortAxis(y, 2), block: heads.headSize)
    for position in [3, 5] { rule.addMask(position, of: call, heads: own, count: heads.heads) }
    rule.addSamples([x], to: y, areMasked: [3, 5].contains(where: call.has(input:)))
    rule.contractions = [
      Contraction(activation: PortAxis(x, 2), weight: PortAxis(w, 0), outputAxis: PortAxis(w, 1), bias: bias)
    ]
    rule.multipliesValues = true
    rule.heads = [PortAxis(y, 2)]
    return rule
  }

  /// Adapts the number of heads, and the widths if they are stated.
  package func resize(_ resizing: inout NodeResizing) {
    let width = resizing.inputShape(1)[1] / 3
    resizing.set("num_heads", to: .int(Int64(width / max(headSize, 1))))
    if statesWidths { resizing.set("qkv_hidden_sizes", to: .ints(Array(repeating: Int64(width), count: 3))) }
  }
}
