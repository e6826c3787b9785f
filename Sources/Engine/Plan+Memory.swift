import EspalierFiles
import EspalierOperators
import EspalierTensors

extension Plan {
  /// Rejects a plan that needs more memory than is available: for all intermediate values together, and for each
  /// persistent value.
  ///
  /// - Throws: `EspalierError` that names the node that computes the largest value.
  func checkMemory() throws(EspalierError) {
    let bytes = persistent.keys.reduce(Double(arenaByteCount)) { $0 + Double(types[$1]?.byteCount ?? 0) }
    try SystemMemory.check(
      bytes, for: "the network", mostly: Self.largestValue(types, steps),
      remedy: "run fewer samples at once, or a smaller network")
  }

  /// Rejects values whose total size exceeds any memory; offsets in the arena are sums of sizes.
  ///
  /// - Throws: `EspalierError` that names the node that computes the largest value.
  static func checkSizes(_ types: [String: TensorType], _ steps: [Step]) throws(EspalierError) {
    let bytes = types.values.reduce(0) { $0 + Double($1.byteCount) }
    guard bytes > Double(Int.max / 4) else { return }
    try SystemMemory.check(
      bytes, for: "the network", mostly: largestValue(types, steps), remedy: "run fewer samples at once")
  }

  /// A description of the largest value that a step computes, and of its node; `nil` if nothing is computed.
  private static func largestValue(_ types: [String: TensorType], _ steps: [Step]) -> String? {
    let made = Set(steps.flatMap(\.outputs))
    let largest = types.filter { made.contains($0.key) }.max {
      ($0.value.byteCount, $1.key) < ($1.value.byteCount, $0.key)
    }
    guard let largest, let maker = steps.first(where: { $0.outputs.contains(largest.key) })?.node else {
      return nil
    }
    return "the \(largest.value.shape) numbers of node \"\(maker.node.label)\" (\(maker.node.op.outsideOfBodies))"
  }
}
