/// The most bytes that are exchanged at a time: a message of MPI has fewer than 2^31.
private let longestMessage = 1 << 30

extension ProcessGroup {
  /// The part of `total` things that falls to each process: adjacent, in the order of ranks, as even as can be.
  package func parts(of total: Int) -> [Range<Int>] {
    (0..<count).map { total * $0 / count..<total * ($0 + 1) / count }
  }

  /// The stretches in which `total` numbers of `size` bytes are exchanged, of at most `limit` bytes each. Each process
  /// has its part (``parts(of:)``) of every stretch.
  package func stretches(of total: Int, size: Int, atMost limit: Int? = nil) -> [Range<Int>] {
    let length = max(1, (limit ?? longestMessage) / max(size, 1))
    return stride(from: 0, to: total, by: length).map { $0..<min($0 + length, total) }
  }

  /// Takes the numbers that each of the first `contributors` processes holds, one after another in the order of ranks,
  /// and calls `add` with this process's part of them and its place, stretch by stretch
  /// (``stretches(of:size:atMost:)``). A sum thus has one order, which is that of one process that comes to the
  /// contributions one by one.
  ///
  /// Each process sends and receives about as many bytes as the numbers have, however many processes there are. A sum
  /// over several rounds stays in parts, which ``complete(_:)`` brings together.
  package func forEachContribution<Number: BitwiseCopyable>(
    to numbers: UnsafeBufferPointer<Number>, from contributors: Int,
    _ add: (_ rank: Int, _ offset: Int, _ part: UnsafeBufferPointer<Number>) -> Void
  ) {
    guard isShared else { return add(0, 0, numbers) }
    for stretch in stretches(of: numbers.count, size: MemoryLayout<Number>.stride) {
      let own = UnsafeBufferPointer(rebasing: numbers[stretch])
      let parts = parts(of: own.count)
      let size = parts[rank].count
      let received = [Number](unsafeUninitializedCapacity: size * count) { received, initialized in
        exchange(
          UnsafeRawBufferPointer(own), parts.map { $0.count * MemoryLayout<Number>.stride },
          into: UnsafeMutableRawBufferPointer(received))
        initialized = size * count
      }
      received.withUnsafeBufferPointer { received in
        for contributor in 0..<contributors {
          let part = received[contributor * size..<(contributor + 1) * size]
          add(contributor, stretch.lowerBound + parts[rank].lowerBound, UnsafeBufferPointer(rebasing: part))
        }
      }
    }
  }

  /// Completes an array of which each process holds its part of every stretch, in all processes.
  package func complete<Number: BitwiseCopyable>(_ numbers: inout [Number]) {
    guard isShared, !numbers.isEmpty else { return }
    numbers.withUnsafeMutableBufferPointer { complete($0) }
  }

  /// Completes numbers of which each process holds its part of every stretch, in all processes.
  package func complete<Number: BitwiseCopyable>(_ numbers: UnsafeMutableBufferPointer<Number>) {
    guard isShared else { return }
    for stretch in stretches(of: numbers.count, size: MemoryLayout<Number>.stride) {
      gather(
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: numbers[stretch])),
        parts(of: stretch.count).map { $0.count * MemoryLayout<Number>.stride })
    }
  }

  /// What each process has, in the order of ranks.
  package func all<Number: BitwiseCopyable>(_ own: Number) -> [Number] {
    var numbers = [Number](repeating: own, count: count)
    complete(&numbers)
    return numbers
  }

  /// The lists of all processes, which may differ in length, in the order of ranks.
  package func all<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>(_ own: [Number]) -> [[Number]] {
    guard isShared else { return [own] }
    let sizes = all(own.count)
    let width = sizes.max() ?? 0
    var table = [Number](repeating: 0, count: width * count)
    table.replaceSubrange(rank * width..<rank * width + own.count, with: own)
    let size = width * MemoryLayout<Number>.stride
    if size > 0 { table.withUnsafeMutableBytes { gather($0, Array(repeating: size, count: count)) } }
    return sizes.enumerated().map { Array(table[$0 * width..<$0 * width + $1]) }
  }

  /// The sum of a number over all processes: exact for integers, and in the order of ranks for others.
  package func sum<Number: AdditiveArithmetic & BitwiseCopyable>(_ own: Number) -> Number {
    all(own).reduce(.zero, +)
  }

  /// What rank 0 has.
  package func fromRoot<Number: BitwiseCopyable>(_ own: Number) -> Number {
    guard isShared else { return own }
    var value = own
    withUnsafeMutableBytes(of: &value) { broadcast($0) }
    return value
  }
}
