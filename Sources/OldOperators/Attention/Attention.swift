import Graph
import Tensors

/// ONNX's attention (operator sets 23 and 24): ``AttentionHeads`` over Q, K and V, `B x H x S x d` or, with the numbers of heads as
/// attributes, `B x S x (H x d)`.
///
/// A fourth input masks: truth values of what is attended to, or numbers that are added. K and V of earlier steps may come in front
/// (inputs 5 and 6), or a seventh input says how many of the keys of each sample count. Outputs: Y, K and V with the earlier
/// ones, and the products at the stage `qk_matmul_output_mode`.
public enum Attention: CompositeOperator {
  /// `Attention`.
  public static let name: OperatorName = "Attention"

  /// The sizes of the operands.
  private struct Sizes {
    let batch, heads, sharedHeads, queries, keys, past, headSize, valueSize: Int
    let isMerged: Bool

    init(_ invocation: Invocation) throws {
      let shapes = try (0..<3).map { try invocation.floatInput($0).shape }
      let (q, k, v) = (shapes[0], shapes[1], shapes[2])
      guard [3, 4].contains(q.rank), k.rank == q.rank, v.rank == q.rank, q[0] == k[0], q[0] == v[0] else {
        throw invocation.error("cannot attend with queries \(q), keys \(k) and values \(v)")
      }
      isMerged = q.rank == 3
      batch = q[0]
      heads = isMerged ? try invocation.int("q_num_heads", default: 0) : q[1]
      sharedHeads = isMerged ? try invocation.int("kv_num_heads", default: 0) : k[1]
      queries = q[q.rank - 2]
      keys = k[k.rank - 2]
      guard heads > 0, sharedHeads > 0, heads % sharedHeads == 0, v[v.rank - 2] == keys, isMerged || v[1] == sharedHeads
      else { throw invocation.error("cannot share out \(heads) heads of queries among \(sharedHeads) of keys") }
      headSize = isMerged ? q[2] / heads : q[3]
      valueSize = isMerged ? v[2] / sharedHeads : v[3]
      guard (isMerged ? k[2] / sharedHeads : k[3]) == headSize,
        !isMerged || q[2] % heads == 0 && k[2] == headSize * sharedHeads && v[2] == valueSize * sharedHeads
      else { throw invocation.error("cannot cut \(q), \(k) and \(v) into heads of equal sizes") }
      past = invocation.has(input: 4) ? try invocation.floatInput(4).shape[2] : 0
    }
  }

  /// The heads, their mask and what is asked for beside Y.
  public static func write(_ body: inout BodyBuilder) throws {
    let call = body.invocation
    let sizes = try Sizes(call)
    func split(_ position: Int, heads: Int, length: Int, size: Int) throws -> String {
      let value = try body.required(position)
      return sizes.isMerged ? body.splitHeads(value, sizes.batch, length, heads: heads, size: size) : value
    }
    let query = try split(0, heads: sizes.heads, length: sizes.queries, size: sizes.headSize)
    var key = try split(1, heads: sizes.sharedHeads, length: sizes.keys, size: sizes.headSize)
    var value = try split(2, heads: sizes.sharedHeads, length: sizes.keys, size: sizes.valueSize)
    if let past = body.input(4) { key = body.add(Concat.name, [past, key], ["axis": .int(2)]) }
    if let past = body.input(5) { value = body.add(Concat.name, [past, value], ["axis": .int(2)]) }
    let standard = 1 / Float(max(sizes.headSize, 1)).squareRoot()
    let heads = AttentionHeads(
      batch: sizes.batch, heads: sizes.heads, sharedHeads: sizes.sharedHeads, queries: sizes.queries,
      keys: sizes.keys + sizes.past, headSize: sizes.headSize, valueSize: sizes.valueSize,
      scale: try call.float("scale", default: standard), softcap: try call.float("softcap", default: 0),
      causalOffset: try call.flag("is_causal") ? sizes.past : nil)
    let result = try heads.write(query, key, value, mask: try mask(&body, heads), to: &body)
    let output =
      sizes.isMerged
      ? body.mergeHeads(result.output, sizes.batch, sizes.queries, heads: sizes.heads, size: sizes.valueSize)
      : result.output
    let stages = [result.products, result.masked, result.capped, result.weights]
    let mode = try call.int("qk_matmul_output_mode", default: 0)
    guard stages.indices.contains(mode) else { throw call.error("has no stage \(mode)") }
    body.finish([output, key, value, stages[mode]])
  }

  /// What is added to the products: the mask, and minus infinity for keys that do not count.
  private static func mask(_ body: inout BodyBuilder, _ heads: AttentionHeads) throws -> String? {
    let given = try givenMask(&body, keys: heads.keys)
    guard body.invocation.has(input: 6) else { return given }
    let counts = try body.invocation.input(6).shape
    guard counts == [heads.batch], !body.invocation.has(input: 4), !body.invocation.has(input: 5) else {
      throw body.invocation.error(
        "is told how many keys count as \(counts)", remedy: "give one number a sample, and no keys of earlier steps")
    }
    let counted = try body.keyMask(
      6, batch: heads.batch, queries: heads.queries, keys: heads.keys, otherwise: -.infinity)
    guard let given, let counted else { return counted ?? given }
    return body.add(Add.name, [given, counted])
  }

  /// The mask that is given; keys that a shorter one does not name are not attended to.
  private static func givenMask(_ body: inout BodyBuilder, keys: Int) throws -> String? {
    guard let input = body.input(3) else { return nil }
    let type = try body.invocation.input(3)
    let addend = type.elementType == .bool ? body.addend(where: input) : input
    let length = type.shape.last ?? keys
    guard length < keys, length > 1 else { return addend }
    let missing = Shape(type.shape.dropLast() + [keys - length])
    let rest = body.store(Tensor(repeating: -Float.infinity, shape: missing))
    return body.add(Concat.name, [addend, rest], ["axis": .int(Int64(type.shape.rank - 1))])
  }

  /// Heads live and die with the queries, keys, values and results that are theirs. Inside of heads, and along places, nothing can go.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    guard !(4..<6).contains(where: invocation.has(input:)) else { return nil }
    let sizes = try Sizes(invocation)
    let (q, k, v, y) = (Port.input(0), Port.input(1), Port.input(2), Port.output(0))
    let each = sizes.heads / sizes.sharedHeads
    var rule = AxisRule()
    rule.addSamples([q, k, v], to: y, areMasked: [3, 6].contains(where: invocation.has(input:)))
    if invocation.has(input: 6) { rule.frozen.append(FrozenAxis(PortAxis(.input(6), 0), "masks it")) }
    var frozen = [q, k, v, y].map { PortAxis($0, sizes.isMerged ? 1 : 2) }
    if sizes.isMerged {
      let isEven = sizes.headSize == sizes.valueSize
      rule.ties += [
        AxisTie(PortAxis(k, 2), PortAxis(q, 2), block: each), AxisTie(PortAxis(v, 2), PortAxis(y, 2), block: each),
      ]
      if isEven { rule.ties.append(AxisTie(PortAxis(q, 2), PortAxis(y, 2))) }
      rule.blocks = [
        AxisBlocks(PortAxis(q, 2), size: each * sizes.headSize),
        AxisBlocks(PortAxis(y, 2), size: each * sizes.valueSize),
      ]
      frozen += isEven ? [] : [PortAxis(q, 2), PortAxis(y, 2)]
    } else {
      rule.ties += [
        AxisTie(PortAxis(k, 1), PortAxis(q, 1), block: each), AxisTie(PortAxis(v, 1), PortAxis(q, 1), block: each),
        AxisTie(PortAxis(q, 1), PortAxis(y, 1)), AxisTie(PortAxis(v, 3), PortAxis(y, 3)),
      ]
      frozen += [PortAxis(q, 3), PortAxis(k, 3)]
    }
    rule.frozen += frozen.map { FrozenAxis($0, "attends over it") }
    let heads =
      sizes.isMerged
      ? AxisTie(PortAxis(y, 2), PortAxis(y, 2), block: sizes.valueSize) : AxisTie(PortAxis(y, 1), PortAxis(y, 1))
    try rule.addMask(3, of: invocation, heads: heads, count: sizes.heads)
    for output in 1..<4 where invocation.has(output: output) {
      rule.frozen += invocation.outputs[output].shape.indices.map {
        FrozenAxis(PortAxis(.output(output), $0), "gives it away as well")
      }
    }
    rule.multipliesValues = true
    return rule
  }

  /// The numbers of heads follow.
  public static func resize(_ resizing: inout NodeResizing) throws {
    let sizes = try Sizes(resizing.before)
    guard sizes.isMerged else { return }
    let (q, k) = (try resizing.now.input(0).shape, try resizing.now.input(1).shape)
    resizing.set("q_num_heads", to: .int(Int64(q[2] / max(sizes.headSize, 1))))
    resizing.set("kv_num_heads", to: .int(Int64(k[2] / max(sizes.headSize, 1))))
  }
}
