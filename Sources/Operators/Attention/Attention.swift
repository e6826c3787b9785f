import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Attention of ONNX (operator sets 23 and 24): ``AttentionHeads`` over Q, K and V, `B x H x S x d` or, with the
/// numbers of heads as attributes, `B x S x (H x d)`.
///
/// The fourth input is a mask: truth values of what is attended to, or numbers to be added. K and V of earlier steps
/// may be prepended (inputs 5 and 6), or the seventh input gives the number of valid keys of each sample. Outputs: Y, K
/// and V with the earlier ones, and the products at the stage `qk_matmul_output_mode`.
package struct Attention: CompositeOperator {
  /// `Attention`.
  package static let name: OperatorName = "Attention"

  /// The heads, their mask, and the outputs requested besides Y.
  package let body: Body
  /// Each head is tied to its queries, keys, values and results. The axes within heads, and those of positions, are
  /// frozen.
  package let axes: AxisRule?
  private let sizes: AttentionSizes

  /// Reads the sizes and builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    let sizes = try AttentionSizes(call)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in try Self.write(sizes, to: &body) }
    axes = sizes.axes(call, outputs: body.outputs)
    self.sizes = sizes
  }

  private static func write(_ sizes: AttentionSizes, to body: inout BodyBuilder) throws(EspalierError) {
    let call = body.call
    let names = (try body.required(0), try body.required(1), try body.required(2))
    func split(_ value: String, heads: Int, length: Int, size: Int) -> String {
      sizes.isMerged ? body.splitHeads(value, sizes.batch, length, heads: heads, size: size) : value
    }
    let query = split(names.0, heads: sizes.heads, length: sizes.queries, size: sizes.headSize)
    var key = split(names.1, heads: sizes.sharedHeads, length: sizes.keys, size: sizes.headSize)
    var value = split(names.2, heads: sizes.sharedHeads, length: sizes.keys, size: sizes.valueSize)
    if let past = body.input(4) { key = body.add(Concat.name, [past, key], ["axis": .int(2)]) }
    if let past = body.input(5) { value = body.add(Concat.name, [past, value], ["axis": .int(2)]) }
    let standard = 1 / Float(max(sizes.headSize, 1)).squareRoot()
    let heads = AttentionHeads(
      batch: sizes.batch, heads: sizes.heads, sharedHeads: sizes.sharedHeads, queries: sizes.queries,
      keys: sizes.keys + sizes.past, headSize: sizes.headSize, valueSize: sizes.valueSize,
      scale: try call.float("scale", default: standard), softcap: try call.float("softcap", default: 0),
      causalOffset: try call.flag("is_causal") ? sizes.past : nil)
    let mask = try mask(&body, heads)
    let result = try heads.write(query, key, value, mask: mask, to: &body)
    let output =
      sizes.isMerged
      ? body.mergeHeads(result.output, sizes.batch, sizes.queries, heads: sizes.heads, size: sizes.valueSize)
      : result.output
    let stages = [result.products, result.masked, result.capped, result.weights]
    let mode = try call.int("qk_matmul_output_mode", default: 0)
    guard stages.indices.contains(mode) else { throw call.error("has no stage \(mode)") }
    body.finish([output, key, value, stages[mode]])
  }

  /// The addend of the products: the mask, and minus infinity for invalid keys.
  private static func mask(_ body: inout BodyBuilder, _ heads: AttentionHeads) throws(EspalierError) -> String? {
    let call = body.call
    let given = try givenMask(&body, keys: heads.keys)
    guard call.has(input: 6) else { return given }
    let counts = try call.input(6).shape
    guard counts == [heads.batch], !call.has(input: 4), !call.has(input: 5) else {
      throw call.error(
        "is told how many keys count as \(counts)", remedy: "give one number a sample, and no keys of earlier steps")
    }
    let counted = try body.keyMask(
      6, batch: heads.batch, queries: heads.queries, keys: heads.keys, otherwise: -.infinity)
    guard let given, let counted else { return counted ?? given }
    return body.add(Add.name, [given, counted])
  }

  /// The given mask; keys beyond its end are not attended to.
  private static func givenMask(_ body: inout BodyBuilder, keys: Int) throws(EspalierError) -> String? {
    guard let input = body.input(3) else { return nil }
    let type = try body.call.input(3)
    let addend = type.elementType == .bool ? body.addend(where: input) : input
    let length = type.shape.last ?? keys
    guard length < keys, length > 1 else { return addend }
    let missing = Shape(type.shape.dropLast() + [keys - length])
    let rest = body.store(Tensor(repeating: -Float.infinity, shape: missing))
    return body.add(Concat.name, [addend, rest], ["axis": .int(Int64(type.shape.rank - 1))])
  }

  /// Adapts the numbers of heads.
  package func resize(_ resizing: inout NodeResizing) {
    guard sizes.isMerged else { return }
    let (q, k) = (resizing.inputShape(0), resizing.inputShape(1))
    resizing.set("q_num_heads", to: .int(Int64(q[2] / max(sizes.headSize, 1))))
    resizing.set("kv_num_heads", to: .int(Int64(k[2] / max(sizes.headSize, 1))))
  }
}
