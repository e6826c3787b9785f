import EspalierFiles
import EspalierGraph
import EspalierTensors

/// ONNX Runtime's causal attention of decoders, with heads of keys and values that several heads of queries share:
/// ``AttentionHeads`` over `B x S x (H x d)`, after the keys and values of earlier steps, `B x G x P x d`.
///
/// Queries may hold keys and values as well, `B x S x ((H + 2 G) x d)`. With `do_rotary`, queries and keys are turned
/// by their positions, which begin behind the earlier steps. With `local_window_size`, a query attends to so many keys.
/// The further outputs are the keys and values with the earlier ones. All samples have one length; shorter ones end in
/// positions whose results mean nothing.
package struct GroupQueryAttention: CompositeOperator {
  /// `com.microsoft::GroupQueryAttention`.
  package static let name: OperatorName = .microsoft("GroupQueryAttention")

  /// Rotation, heads, masks.
  package let body: Body
  /// All is frozen but the samples: keys and values leave the network.
  package let axes: AxisRule?

  /// Reads the sizes and builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    let sizes = try GroupedSizes(call)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in try sizes.write(to: &body) }
    // An addend for each sample would have to lose samples, too.
    let samples = call.has(input: 10) ? 0..<0 : 0..<5
    var rule = AxisRule()
    func freeze(_ port: Port, _ type: TensorType, from first: Int) {
      rule.frozen += (first..<max(first, type.shape.rank)).map { FrozenAxis(PortAxis(port, $0), Self.reason) }
    }
    for (position, type) in call.inputs.enumerated() {
      guard let type else { continue }
      if samples.contains(position) {
        rule.ties.append(AxisTie(PortAxis(.input(position), 0), PortAxis(.output(0), 0)))
      }
      freeze(.input(position), type, from: samples.contains(position) ? 1 : 0)
    }
    for (position, type) in body.outputs.enumerated() where call.has(output: position) {
      if position > 0 { rule.ties.append(AxisTie(PortAxis(.output(position), 0), PortAxis(.output(0), 0))) }
      freeze(.output(position), type, from: samples.isEmpty ? 0 : 1)
    }
    axes = rule
  }

  private static let reason = "gives keys and values to later steps"
}

/// The sizes of the operands, as in ``AttentionHeads``.
private struct GroupedSizes {
  let batch, heads, sharedHeads, steps, past, headSize: Int
  let isPacked: Bool

  init(_ call: Invocation) throws(EspalierError) {
    let query = try call.floatInput(0).shape
    heads = try call.int("num_heads", default: 0)
    sharedHeads = try call.int("kv_num_heads", default: 0)
    isPacked = !call.has(input: 1)
    guard query.rank == 3, heads > 0, heads <= query[2], sharedHeads > 0, heads % sharedHeads == 0 else {
      throw call.error("cannot share out \(heads) heads of queries \(query) among \(sharedHeads) of keys")
    }
    let total = isPacked ? heads + 2 * sharedHeads : heads
    guard query[2] % total == 0 else { throw call.error("cannot cut \(query) into \(total) heads") }
    (batch, steps, headSize) = (query[0], query[1], query[2] / total)
    let own: Shape = [batch, steps, sharedHeads * headSize]
    for position in 1..<3 where !isPacked {
      let shape = try call.floatInput(position).shape
      guard shape == own else { throw call.error("attends to keys or values \(shape) that should be \(own)") }
    }
    past = call.has(input: 3) ? try call.floatInput(3).shape.dropFirst(2).first ?? 0 : 0
    for position in 3..<5 where call.has(input: position) {
      let shape = try call.floatInput(position).shape
      guard shape == [batch, sharedHeads, past, headSize] else {
        throw call.unsupported(
          "has earlier keys or values of \(shape)", remedy: "give keys and values of the same steps")
      }
    }
    guard !call.has(input: 9), !call.has(input: 11), try !call.flag("smooth_softmax") else {
      throw call.unsupported("takes positions or sinks", remedy: "export the network without them")
    }
  }

  func write(to body: inout BodyBuilder) throws(EspalierError) {
    let call = body.call
    var (query, key, value) = try operands(&body)
    if try call.flag("do_rotary") {
      query = try rotated(query, heads, &body)
      key = try rotated(key, sharedHeads, &body)
    }
    let q = body.splitHeads(query, batch, steps, heads: heads, size: headSize)
    var k = body.splitHeads(key, batch, steps, heads: sharedHeads, size: headSize)
    var v = body.splitHeads(value, batch, steps, heads: sharedHeads, size: headSize)
    if let earlier = body.input(3) { k = body.add(Concat.name, [earlier, k], ["axis": .int(2)]) }
    if let earlier = body.input(4) { v = body.add(Concat.name, [earlier, v], ["axis": .int(2)]) }
    let attention = AttentionHeads(
      batch: batch, heads: heads, sharedHeads: sharedHeads, queries: steps, keys: past + steps, headSize: headSize,
      valueSize: headSize, scale: try call.float("scale", default: 0).orStandard(headSize),
      softcap: try call.float("softcap", default: 0), capsBeforeMask: true, causalOffset: past)
    let result = try attention.write(q, k, v, mask: try mask(&body), to: &body)
    body.finish([body.mergeHeads(result.output, batch, steps, heads: heads, size: headSize), k, v])
  }

  /// Queries, keys and values apart.
  private func operands(_ body: inout BodyBuilder) throws(EspalierError) -> (String, String, String) {
    let query = try body.required(0)
    guard isPacked else { return (query, try body.required(1), try body.required(2)) }
    func part(_ first: Int, _ count: Int) -> String {
      let places = (first * headSize..<(first + count) * headSize).map(Int64.init)
      return body.add(Gather.name, [query, body.store(Tensor(shape: [places.count], places))], ["axis": .int(2)])
    }
    return (part(0, heads), part(heads, sharedHeads), part(heads + sharedHeads, sharedHeads))
  }

  private func rotated(_ value: String, _ count: Int, _ body: inout BodyBuilder) throws(EspalierError) -> String {
    let start = body.store(Tensor(shape: [1], [Int64(past)]))
    return body.add(
      MicrosoftRotaryEmbedding.name, [value, start, try body.required(7), try body.required(8)],
      ["num_heads": .int(Int64(count)), "interleaved": .int(try body.call.flag("rotary_interleaved") ? 1 : 0)])
  }

  /// The addend of the products: the one that is given, and minus infinity before the window of a query.
  private func mask(_ body: inout BodyBuilder) throws(EspalierError) -> String? {
    let given = body.input(10)
    let window = try body.call.int("local_window_size", default: -1)
    guard window > 0, window < past + steps else { return given }
    let own = try body.storeMask(steps, past + steps) { query, key in key > query + past - window }
    return given.map { body.add(Add.name, [$0, own]) } ?? own
  }
}
