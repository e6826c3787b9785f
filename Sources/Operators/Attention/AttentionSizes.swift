import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sizes of the operands of ONNX's attention.
struct AttentionSizes: Hashable, Sendable {
  /// The sizes B, H, G, S, T, the number of keys of earlier steps, d and e, as in ``AttentionHeads``.
  let batch, heads, sharedHeads, queries, keys, past, headSize, valueSize: Int
  /// Whether the heads of an operand are concatenated along its last axis.
  let isMerged: Bool

  /// Reads the shapes of the operands and, if heads are merged, their number.
  init(_ call: Invocation) throws(EspalierError) {
    let shapes = try call.floatInputs(0..<3).map(\.shape)
    let (q, k, v) = (shapes[0], shapes[1], shapes[2])
    guard [3, 4].contains(q.rank), k.rank == q.rank, v.rank == q.rank, q[0] == k[0], q[0] == v[0] else {
      throw call.error("cannot attend with queries \(q), keys \(k) and values \(v)")
    }
    isMerged = q.rank == 3
    batch = q[0]
    heads = isMerged ? try call.int("q_num_heads", default: 0) : q[1]
    sharedHeads = isMerged ? try call.int("kv_num_heads", default: 0) : k[1]
    queries = q[q.rank - 2]
    keys = k[k.rank - 2]
    guard heads > 0, sharedHeads > 0, heads % sharedHeads == 0, v[v.rank - 2] == keys, isMerged || v[1] == sharedHeads
    else { throw call.error("cannot share out \(heads) heads of queries among \(sharedHeads) of keys") }
    headSize = isMerged ? q[2] / heads : q[3]
    valueSize = isMerged ? v[2] / sharedHeads : v[3]
    guard (isMerged ? k[2] / sharedHeads : k[3]) == headSize,
      !isMerged
        || q[2] % heads == 0 && k[2] == headSize * sharedHeads
          && v[2] == valueSize * sharedHeads
    else { throw call.error("cannot cut \(q), \(k) and \(v) into heads of equal sizes") }
    past = call.has(input: 4) ? try call.floatInput(4).shape[2] : 0
  }

  /// The axis rule of an attention of these sizes; `nil` if keys of earlier steps are prepended.
  func axes(_ call: Invocation, outputs: [TensorType]) -> AxisRule? {
    guard !(4..<6).contains(where: call.has(input:)) else { return nil }
    let (q, k, v, y) = (Port.input(0), Port.input(1), Port.input(2), Port.output(0))
    let each = heads / sharedHeads
    var rule = AxisRule()
    rule.addSamples([q, k, v], to: y, areMasked: [3, 6].contains(where: call.has(input:)))
    if call.has(input: 6) { rule.frozen.append(FrozenAxis(PortAxis(.input(6), 0), "masks it")) }
    var frozen = [q, k, v, y].map { PortAxis($0, isMerged ? 1 : 2) }
    if isMerged {
      let isEven = headSize == valueSize
      rule.ties += [
        AxisTie(PortAxis(k, 2), PortAxis(q, 2), block: each), AxisTie(PortAxis(v, 2), PortAxis(y, 2), block: each),
      ]
      if isEven { rule.ties.append(AxisTie(PortAxis(q, 2), PortAxis(y, 2))) }
      rule.blocks = [
        AxisBlocks(PortAxis(q, 2), size: each * headSize), AxisBlocks(PortAxis(y, 2), size: each * valueSize),
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
    let ownHeads =
      isMerged
      ? AxisTie(PortAxis(y, 2), PortAxis(y, 2), block: valueSize) : AxisTie(PortAxis(y, 1), PortAxis(y, 1))
    rule.addMask(3, of: call, heads: ownHeads, count: heads)
    for output in 1..<4 where call.has(output: output) {
      rule.frozen += outputs[output].shape.indices.map {
        FrozenAxis(PortAxis(.output(output), $0), "gives it away as well")
      }
    }
    rule.multipliesValues = true
    rule.heads = [PortAxis(y, isMerged ? 2 : 1)]
    return rule
  }
}
