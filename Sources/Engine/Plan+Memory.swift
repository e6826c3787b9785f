import Files
import Operators
import Tensors

extension Plan {
  /// Refuses a plan that needs more memory than there is: for all intermediate values together, and for each value that is kept.
  ///
  /// - Throws: `DataError` that names the node that makes the largest value.
  func checkMemory() throws(DataError) {
    let bytes = persistent.keys.reduce(Double(arenaByteCount)) { $0 + Double(types[$1]?.byteCount ?? 0) }
    try SystemMemory.check(
      bytes, for: Self.largest(of: types, steps), remedy: "run fewer samples at once, or a smaller network")
  }

  /// Refuses values whose sizes add up to more than any memory holds; places in the arena are sums of sizes.
  ///
  /// - Throws: `DataError` that names the node that makes the largest value.
  static func checkSizes(_ types: [String: TensorType], _ steps: [Step]) throws(DataError) {
    guard types.values.reduce(0, { $0 + Double($1.byteCount) }) > Double(Int.max / 2) else { return }
    throw DataError(
      largest(of: types, steps), "has values of more elements than any memory holds",
      remedy: "run fewer samples at once")
  }

  /// The node that makes the largest value, in words; the network where it is an input or stored.
  private static func largest(of types: [String: TensorType], _ steps: [Step]) -> String {
    let largest = types.max { ($0.value.byteCount, $1.key) < ($1.value.byteCount, $0.key) }
    guard let largest, let maker = steps.first(where: { $0.outputs.contains(largest.key) })?.invocation else {
      return "the network"
    }
    return
      "the network, most of all node \"\(maker.node.label)\" (\(maker.node.op)), which makes \(largest.value.shape),"
  }
}
