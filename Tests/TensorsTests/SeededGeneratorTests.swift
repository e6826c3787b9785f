import EspalierTensors
import Testing

@Suite struct SeededGeneratorTests {
  /// Values of the authors' C code (xoshiro256**, its state from SplitMix64).
  @Test func followsTheReferenceImplementation() {
    var zero = SeededGenerator(seed: 0)
    #expect((0..<3).map { _ in zero.next() } == [0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0])
    var answer = SeededGenerator(seed: 42)
    #expect((0..<3).map { _ in answer.next() } == [0x15780B2E0C2EC716, 0x6104D9866D113A7E, 0xAE17533239E499A1])
  }

  @Test func uniformAndNormalNumbersHaveTheirMoments() {
    var generator = SeededGenerator(seed: 1)
    let uniform = (0..<100_000).map { _ in generator.uniform() }
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    #expect(abs(uniform.reduce(0, +) / 100_000 - 0.5) < 0.005)
    let normal = (0..<100_000).map { _ in generator.normal() }
    #expect(abs(normal.reduce(0, +) / 100_000) < 0.02)
    #expect(abs(normal.map { $0 * $0 }.reduce(0, +) / 100_000 - 1) < 0.03)
  }

  @Test(arguments: 0...20)
  func aPermutationHasEveryNumberOnce(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    #expect(generator.permutation(count).sorted() == Array(0..<count))
  }

  @Test func everyPermutationIsEquallyLikely() {
    var generator = SeededGenerator(seed: 7)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[generator.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 160 })
  }
}
