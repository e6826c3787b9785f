import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// The memory that a plan needs, stated before any of it is taken.
extension Plan {
  /// Rejects a plan that needs more memory than there may be: for all intermediate values together, for each persistent
  /// value, for outputs that a kernel computes though nothing reads them, and for the tables of kernels.
  ///
  /// - Throws: `EspalierError` that names the node that computes the largest value, and both figures.
  func checkMemory() throws(EspalierError) {
    var bytes = persistent.keys.reduce(Double(arenaByteCount)) { $0 + Double(types[$1]?.byteCount ?? 0) }
    for step in steps {
      guard let node = step.node, !step.isView else { continue }
      for (position, output) in node.outputs.enumerated()
      where position >= step.outputs.count || step.outputs[position].isEmpty {
        bytes += Double(output.byteCount)
      }
      bytes += node.op.tableByteCount
    }
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

extension Operator {
  /// The bytes of the tables of a kernel that slides windows: one entry for each tap and each row of windows.
  fileprivate var tableByteCount: Double {
    let windows = (self as? any SlidingOperator)?.windows ?? (self as? any Pooling)?.geometry.windows
    guard let windows, let last = windows.axes.last, last.count > 0 else { return 0 }
    let entryByteCount = 32.0
    return entryByteCount * Double(windows.kernelCount) * Double(windows.outputCount / last.count)
  }
}
