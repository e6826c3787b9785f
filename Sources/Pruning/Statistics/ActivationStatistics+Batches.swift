import EspalierLinearAlgebra

extension ActivationStatistics {
  /// What one batch adds, added up in single precision by the network's own nodes.
  struct BatchSums {
    var count: Int
    var samples: Int
    /// Of the rows, or of the maps.
    var first: UnsafeMutableBufferPointer<Float>
    /// Of the absolute values, where inputs may be negative.
    var magnitudes: UnsafeMutableBufferPointer<Float>?
    /// Of the products.
    var second: UnsafeMutableBufferPointer<Float>?
    var outputEnergy: Float?
  }

  /// Adds the sums of a batch in double precision.
  mutating func add(_ batch: BatchSums) {
    count += batch.count
    sampleCount += batch.samples
    switch first {
    case .rows(var sums):
      first = .rows([])
      sums.add(batch.first)
      first = .rows(sums)
    case .map(var map):
      first = .rows([])
      map.values.add(batch.first)
      first = .map(map)
    }
    if let values = batch.magnitudes { magnitudes?.add(values) }
    // Taken out while it is changed, so that it is not copied.
    switch secondMoments.take() {
    case .gram(var matrix)?:
      if let products = batch.second { matrix.elements.add(products) }
      secondMoments = .gram(matrix)
    case .contributions(var matrix, let energy)?:
      if let products = batch.second { matrix.elements.add(products) }
      secondMoments = .contributions(matrix, outputEnergy: energy + Double(batch.outputEnergy ?? 0))
    case nil: break
    }
  }
}

extension [Double] {
  /// Adds numbers in single precision, element by element.
  fileprivate mutating func add(_ other: UnsafeMutableBufferPointer<Float>) {
    precondition(other.count == count)
    withUnsafeMutableBufferPointer { total in
      for i in 0..<total.count { total[i] += Double(other[i]) }
    }
  }
}
