import Graph
import Tensors

/// ONNX Runtime's self-attention with its projections: queries, keys and values are `X W + b`, one behind the other, and go through
/// ``AttentionHeads``.
///
/// X is `B x S x D`, W `D x (2 H d + H e)`, b as many numbers as W has columns; the widths are equal unless `qkv_hidden_sizes` says
/// otherwise. Further inputs: a mask of keys (``BodyBuilder/keyMask``), and numbers added to the products (input 6). Keys of earlier
/// steps and rotary positions are refused.
public enum PackedAttention: CompositeOperator {
  /// `com.microsoft::Attention`.
  public static let name: OperatorName = .microsoft("Attention")

  /// W and b.
  public static var parameterInputs: ParameterInputs { .at(1..<3) }

  private static func heads(_ invocation: Invocation) throws -> AttentionHeads {
    let (x, w) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    let count = try invocation.int("num_heads", default: 0)
    guard x.rank == 3, w.rank == 2, x[2] == w[0], count > 0 else {
      throw invocation.error("cannot attend with \(count) heads to an input \(x) by weights \(w)")
    }
    let sizes = try invocation.ints("qkv_hidden_sizes") ?? [w[1] / 3, w[1] / 3, w[1] - 2 * (w[1] / 3)]
    guard sizes.count == 3, sizes.reduce(0, +) == w[1], sizes[0] == sizes[1], sizes.allSatisfy({ $0 % count == 0 })
    else {
      throw invocation.error("cannot cut \(w[1]) columns into queries, keys and values of \(count) heads")
    }
    guard try !invocation.flag("do_rotary"), !invocation.has(input: 4), !invocation.has(input: 6) else {
      throw invocation.error(
        "takes keys of earlier steps or rotary positions", remedy: "export the network as an encoder")
    }
    let headSize = sizes[0] / count
    return AttentionHeads(
      batch: x[0], heads: count, sharedHeads: count, queries: x[1], keys: x[1], headSize: headSize,
      valueSize: sizes[2] / count,
      scale: try invocation.float("scale", default: 0).orStandard(headSize),
      causalOffset: try invocation.flag("unidirectional") ? 0 : nil)
  }

  /// The projections, cut into queries, keys and values, and the heads.
  public static func write(_ body: inout BodyBuilder) throws {
    let heads = try heads(body.invocation)
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

  /// Heads go with their columns of W and b and their part of the result. The width of X is contracted by three layers at once, which
  /// pruning cannot take apart: it stays whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let heads = try heads(invocation)
    guard heads.headSize == heads.valueSize else { return nil }
    let (x, w, y) = (Port.input(0), Port.input(1), Port.output(0))
    let size = heads.heads * heads.headSize
    let bias: Port? = invocation.has(input: 2) ? .input(2) : nil
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
    for position in [3, 5] { try rule.addMask(position, of: invocation, heads: own, count: heads.heads) }
    rule.addSamples([x], to: y, areMasked: [3, 5].contains(where: invocation.has(input:)))
    rule.contractions = [
      Contraction(activation: PortAxis(x, 2), weight: PortAxis(w, 0), outputAxis: PortAxis(w, 1), bias: bias)
    ]
    rule.multipliesValues = true
    return rule
  }

  /// The number of heads follows, and the widths where they are stated.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let heads = try heads(resizing.before)
    let width = try resizing.now.input(1).shape[1] / 3
    resizing.set("num_heads", to: .int(Int64(width / max(heads.headSize, 1))))
    if try resizing.before.ints("qkv_hidden_sizes") != nil {
      resizing.set("qkv_hidden_sizes", to: .ints(Array(repeating: Int64(width), count: 3)))
    }
  }
}
