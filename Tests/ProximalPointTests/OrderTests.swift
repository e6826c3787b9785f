import EspalierProximalPoint
import Testing

/// The orders in which epochs visit examples.
struct OrderTests {
  @Test func drawnEpochsRepeatAndOmitExamples() {
    var order = EpochOrder(.drawn(seed: 3), count: 1000)
    let (first, second) = (order.next(), order.next())
    #expect(first.count == 1000 && first != second && first.allSatisfy((0..<1000).contains))
    // About a share 1/e is left out: 368, with a deviation of 10.
    #expect((320...420).contains(1000 - Set(first).count))
    var again = EpochOrder(.drawn(seed: 3), count: 1000)
    #expect(again.next() == first && again.next() == second)
  }

  @Test func shuffledEpochsVisitEveryExampleOnce() {
    var order = EpochOrder(.shuffled(seed: 3), count: 50)
    let (first, second) = (order.next(), order.next())
    #expect(first.sorted() == Array(0..<50) && second.sorted() == first.sorted() && first != second)
    var cyclic = EpochOrder(.cyclic, count: 5)
    #expect(cyclic.next() == [0, 1, 2, 3, 4] && cyclic.next() == [0, 1, 2, 3, 4])
  }

  /// A batch that holds an example twice: the same proximal step as on the two examples written out.
  @Test(arguments: [Batch.averaged(3), .joint(3)])
  func repeatedExamplesCountTwice(batch: Batch) throws {
    let dense = try randomExamples(.poisson, count: 4, dimension: 5, seed: 1)
    let wide = try Examples(
      DenseRows(dimension: 5, Array(dense.rows.elements[5..<10]) + dense.rows.elements[5..<15]),
      targets: [dense.targets[1], dense.targets[1], dense.targets[2]])
    let method = SPPAM(step: 2, momentum: 0.5, batch: batch)
    let start = Iterate(at: [0.1, 0.2, -0.1, 0.3, 0])
    let ours = method.step(start, on: [1, 1, 2], of: dense, loss: PoissonLoss())
    let expected = method.step(start, on: [0, 1, 2], of: wide, loss: PoissonLoss())
    #expect(distance(ours.current, expected.current) < 1e-12)
    let sparseStep = method.step(start, on: [1, 1, 2], of: try sparse(dense), loss: PoissonLoss())
    #expect(distance(sparseStep.current, expected.current) < 1e-12)
  }
}
