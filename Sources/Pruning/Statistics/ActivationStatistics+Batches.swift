import EspalierLinearAlgebra

extension ActivationStatistics {
  /// The sums over one batch, computed in single precision by the network's own nodes.
  struct BatchSums {
    var count: Int
    var samples: Int
    /// The sums of the rows, or of the maps.
    var first: UnsafeMutableBufferPointer<Float>
    /// The sums of absolute values, if inputs may be negative.
    var magnitudes: UnsafeMutableBufferPointer<Float>?
    /// The sums of the rows over a part of the columns, if second moments are of a part.
    var partial: UnsafeMutableBufferPointer<Float>?
    /// The sums of products.
    var second: UnsafeMutableBufferPointer<Float>?
    var outputEnergy: Float?
  }

  /// Adds the sums of a batch, in double precision.
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
    if let values = batch.partial { partialSums?.add(values) }
    // Moved out while it is changed, to avoid a copy.
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
  /// Adds single-precision numbers element by element.
  mutating func add(_ other: UnsafeMutableBufferPointer<Float>) {
    precondition(other.count == count)
    withUnsafeMutableBufferPointer { total in
      for i in 0..<total.count { total[i] += Double(other[i]) }
    }
  }
}
