import EspalierProcesses

/// The sum of the gradients of several mini-batches, in memory of its own.
///
/// Of several processes each computes the gradients of one mini-batch at a time. They are sent in buckets, so that many
/// small parameters travel together, and added in the order of the mini-batches: each process adds its part of every
/// bucket, and ``complete()`` brings the parts together.
final class GradientAccumulator {
  /// The numbers of a bucket, unless one parameter has more: long enough to use a link well.
  private static let bucketSize = 1 << 20

  /// The sums, one buffer for each parameter.
  let sums: [UnsafeMutableBufferPointer<Float>]
  private let memory: UnsafeMutableBufferPointer<Float>
  private let processes: any ProcessGroup
  /// The parameters of each bucket.
  private let buckets: [Range<Int>]
  /// The gradients of one bucket, for sending.
  private let bucket: UnsafeMutableBufferPointer<Float>

  /// Buffers of these sizes.
  init(counts: [Int], among processes: any ProcessGroup) {
    self.processes = processes
    memory = .allocate(capacity: counts.reduce(0, +))
    memory.initialize(repeating: 0)
    var place = 0
    sums = counts.map { [memory] count in
      defer { place += count }
      return UnsafeMutableBufferPointer(rebasing: memory[place..<place + count])
    }
    buckets = processes.isShared ? Self.buckets(of: counts) : []
    bucket = .allocate(capacity: buckets.map { counts[$0].reduce(0, +) }.max() ?? 0)
  }

  deinit {
    memory.deallocate()
    bucket.deallocate()
  }

  /// Adds `share` times the gradients that each of the first `contributors` processes has, or overwrites the sums if
  /// these are the first.
  func add(_ gradients: [UnsafeMutableBufferPointer<Float>], from contributors: Int, share: Float, isFirst: Bool) {
    guard processes.isShared else {
      for (sum, gradient) in zip(sums, gradients) {
        Self.add(UnsafeBufferPointer(gradient), to: sum, share: share, isFirst: isFirst)
      }
      return
    }
    for parameters in buckets {
      var place = 0
      for gradient in gradients[parameters] {
        _ = UnsafeMutableBufferPointer(rebasing: bucket[place...]).update(fromContentsOf: gradient)
        place += gradient.count
      }
      let sum = self.sum(of: parameters)
      processes.forEachContribution(
        to: UnsafeBufferPointer(rebasing: bucket[..<place]), from: contributors
      ) { rank, offset, part in
        Self.add(
          part, to: UnsafeMutableBufferPointer(rebasing: sum[offset..<offset + part.count]), share: share,
          isFirst: isFirst && rank == 0)
      }
    }
  }

  /// Brings the sums together in all processes.
  func complete() {
    for parameters in buckets { processes.complete(sum(of: parameters)) }
  }

  /// The sums of adjacent parameters.
  private func sum(of parameters: Range<Int>) -> UnsafeMutableBufferPointer<Float> {
    let first = sums[..<parameters.lowerBound].reduce(0) { $0 + $1.count }
    return UnsafeMutableBufferPointer(rebasing: memory[first..<first + sums[parameters].reduce(0) { $0 + $1.count }])
  }

  private static func add(
    _ gradient: UnsafeBufferPointer<Float>, to sum: UnsafeMutableBufferPointer<Float>, share: Float, isFirst: Bool
  ) {
    if isFirst {
      for i in 0..<sum.count { sum[i] = share * gradient[i] }
    } else {
      for i in 0..<sum.count { sum[i] += share * gradient[i] }
    }
  }

  private static func buckets(of counts: [Int]) -> [Range<Int>] {
    var (buckets, start, size): ([Range<Int>], Int, Int) = ([], 0, 0)
    for (index, count) in counts.enumerated() {
      if size > 0, size + count > bucketSize {
        buckets.append(start..<index)
        (start, size) = (index, 0)
      }
      size += count
    }
    if start < counts.count { buckets.append(start..<counts.count) }
    return buckets
  }
}
