import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Scaled dot-product attention over heads, to which all attention operators are reduced:
///
///     Y = softmax(cap(scale Q K^T + mask)) V,   cap(x) = c tanh(x / c)
///
/// Q is `B x H x S x d`, K `B x G x T x d`, V `B x G x T x e`, Y `B x H x S x e`; each of the G heads of K and V serves
/// H / G heads of Q. A query that may attend to no key gives zeros.
///
/// Source: A. Vaswani et al., "Attention is all you need" (NeurIPS 2017), equation 1; grouped heads: J. Ainslie et al.,
/// "GQA" (EMNLP 2023).
struct AttentionHeads {
  /// The sizes B, H, G, S, T, d and e.
  var batch, heads, sharedHeads, queries, keys, headSize, valueSize: Int
  /// The factor of the products.
  var scale: Float
  /// The cap c; 0 for none.
  var softcap: Float = 0
  /// Whether products are capped before they are masked: `softmax(cap(scale Q K^T) + mask) V`.
  var capsBeforeMask = false
  /// The number of keys after its own position to which a query may attend; `nil` for all.
  var causalOffset: Int?

  /// The intermediate results that may be requested besides Y, `B x H x S x T` each.
  struct Result {
    let output, products, masked, capped, weights: String
  }

  /// Adds the nodes.
  ///
  /// - Parameter mask: The addend of the products, of a shape that broadcasts to `B x H x S x T`; minus infinity where
  ///   nothing is attended to.
  func write(_ query: String, _ key: String, _ value: String, mask: String?, to body: inout BodyBuilder)
    throws(EspalierError) -> Result
  {
    let each = heads / sharedHeads
    let isGrouped = each > 1
    func grouped(_ value: String, _ rows: Int, _ size: Int, _ heads: [Int]) -> String {
      isGrouped ? body.reshape(value, to: Shape([batch] + heads + [rows, size])) : value
    }
    let q = grouped(query, queries, headSize, [sharedHeads, each])
    let k = grouped(key, keys, headSize, [sharedHeads, 1])
    let v = grouped(value, keys, valueSize, [sharedHeads, 1])
    let scaled = body.add(Scale.name, [q], ["factor": .float(scale)])
    var products = body.add(BatchedProduct.name, [scaled, k], ["transB": .int(1)])
    if isGrouped { products = body.reshape(products, to: [batch, heads, queries, keys]) }
    let masks = [mask, try causalMask(&body)]
    var masked = capsBeforeMask ? cap(products, &body) : products
    for case let addend? in masks { masked = body.add(Add.name, [masked, addend]) }
    let capped = capsBeforeMask ? masked : cap(masked, &body)
    let weights = body.add(AttentionSoftmax.name, [capped])
    let shared = isGrouped ? body.reshape(weights, to: [batch, sharedHeads, each, queries, keys]) : weights
    var output = body.add(BatchedProduct.name, [shared, v])
    if isGrouped { output = body.reshape(output, to: [batch, heads, queries, valueSize]) }
    return Result(output: output, products: products, masked: masked, capped: capped, weights: weights)
  }

  private func cap(_ products: String, _ body: inout BodyBuilder) -> String {
    guard softcap != 0 else { return products }
    let quotient = body.add(Scale.name, [products], ["factor": .float(1 / softcap)])
    return body.add(Scale.name, [body.add(Tanh.name, [quotient])], ["factor": .float(softcap)])
  }

  /// Minus infinity for keys after a query's own position, `S x T`.
  private func causalMask(_ body: inout BodyBuilder) throws(EspalierError) -> String? {
    guard let causalOffset else { return nil }
    return try body.storeMask(queries, keys) { query, key in key <= query + causalOffset }
  }
}

extension BodyBuilder {
  /// `value`, `B x S x (H x d)`, as `B x H x S x d`.
  mutating func splitHeads(_ value: String, _ batch: Int, _ length: Int, heads: Int, size: Int) -> String {
    transpose(reshape(value, to: [batch, length, heads, size]), [0, 2, 1, 3])
  }

  /// `value`, `B x H x S x d`, as `B x S x (H x d)`.
  mutating func mergeHeads(_ value: String, _ batch: Int, _ length: Int, heads: Int, size: Int) -> String {
    reshape(transpose(value, [0, 2, 1, 3]), to: [batch, length, heads * size])
  }

  /// Stores an addend of the products, `queries x keys`: 0 where `attends` holds of a query and a key, minus infinity
  /// elsewhere.
  ///
  /// - Throws: `EspalierError` if it would not fit into memory.
  mutating func storeMask(
    _ queries: Int, _ keys: Int, _ attends: (_ query: Int, _ key: Int) -> Bool
  ) throws(EspalierError) -> String {
    guard Shape(checking: [queries, keys])?.elementCount ?? .max <= 1 << 28 else {
      throw call.error("masks \(queries) x \(keys) products, more than fit into memory")
    }
    let elements = (0..<queries * keys).map { attends($0 / keys, $0 % keys) ? 0 : -Float.infinity }
    return store(Tensor(shape: [queries, keys], elements))
  }

  /// An addend of the products: 0 where the truth value `condition` holds, otherwise `otherwise`.
  mutating func addend(where condition: String, otherwise: Float = -.infinity) -> String {
    let (zero, minus) = (store(Tensor(scalar: Float(0))), store(Tensor(scalar: otherwise)))
    return add(Where.name, [condition, zero, minus])
  }
}
