import EspalierPruning
import Testing

/// The division of samples into folds.
struct FoldsTests {
  @Test func foldsAreRunsOfNearlyEqualSize() {
    for samples in [8, 9, 31, 100, 2048] {
      let folds = Folds(of: samples, isSorted: false)
      let size = folds.batchSize(atMost: 1024)
      var (sizes, last) = ([Int](repeating: 0, count: folds.count), 0)
      for (index, start) in stride(from: 0, to: samples, by: size).enumerated() {
        let count = min(size, samples - start)
        let fold = folds.fold(ofBatch: index, at: start, size: count)
        #expect(fold >= last, "folds are runs")
        sizes[fold] += count
        last = fold
      }
      #expect(folds.count == 4 && sizes.allSatisfy { $0 > 0 } && sizes.reduce(0, +) == samples)
    }
  }

  @Test func sortedSamplesAreDealtOut() {
    let folds = Folds(of: 64, isSorted: true)
    #expect((0..<8).map { folds.fold(ofBatch: $0, at: 8 * $0, size: 8) } == [0, 1, 2, 3, 0, 1, 2, 3])
  }

  @Test func fewSamplesMakeFewFolds() {
    #expect([0, 1, 2, 7, 8].map { Folds(of: $0, isSorted: false).count } == [1, 1, 2, 2, 4])
    #expect(Folds(of: 100, isSorted: false).affordable(100, within: 250) == 2)
    #expect(Folds(of: 100, isSorted: false).affordable(300, within: 250) == 1)
  }
}
