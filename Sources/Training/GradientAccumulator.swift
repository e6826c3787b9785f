/// The sum of the gradients of several mini-batches, in separate memory.
final class GradientAccumulator {
  /// The sums, one buffer for each parameter.
  let sums: [UnsafeMutableBufferPointer<Float>]

  /// Buffers of these sizes.
  init(counts: [Int]) {
    sums = counts.map { count in
      let sum = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
      sum.initialize(repeating: 0)
      return sum
    }
  }

  deinit {
    for sum in sums { sum.deallocate() }
  }

  /// Adds `share` times `gradients`, or overwrites the sums if these are the first.
  func add(_ gradients: [UnsafeMutableBufferPointer<Float>], share: Float, isFirst: Bool) {
    for (sum, gradient) in zip(sums, gradients) {
      if isFirst {
        for i in 0..<sum.count { sum[i] = share * gradient[i] }
      } else {
        for i in 0..<sum.count { sum[i] += share * gradient[i] }
      }
    }
  }
}
