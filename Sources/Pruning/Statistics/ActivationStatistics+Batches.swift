import EspalierLinearAlgebra

/// Sums over a batch, computed in single precision by the network's own nodes: a stretch of them, to be added to an
/// array from `offset` on.
struct BatchSums {
  var offset: Int
  var numbers: UnsafeBufferPointer<Float>
}

extension ActivationStatistics {
  /// Counts the samples of a batch, and the columns of H.
  mutating func count(_ samples: Int, columns: Int) {
    count += columns
    sampleCount += samples
    changeMap { $0.sampleCount += samples }
  }

  /// Adds the sums of rows or maps, in double precision.
  mutating func add(first sums: BatchSums) {
    // Moved out while it is changed, to avoid a copy.
    switch first {
    case .rows(var rows):
      first = .rows([])
      rows.add(sums)
      first = .rows(rows)
    case .maps: changeMap { $0.values.add(sums) }
    }
  }

  /// Changes the map to which batches of one size are added, in place.
  private mutating func changeMap(_ change: (inout SummedMap) -> Void) {
    guard case .maps(var maps) = first else { return }
    first = .rows([])
    change(&maps[0])
    first = .maps(maps)
  }

  /// Adds the sums of absolute values.
  mutating func add(magnitudes sums: BatchSums) { magnitudes?.add(sums) }

  /// Adds the sums of rows over a part of the columns.
  mutating func add(partial sums: BatchSums) { partialSums?.add(sums) }

  /// Adds the sums of products.
  mutating func add(second sums: BatchSums) {
    changeSecond { $0.add(sums) }
  }

  /// Adds the energy of the outputs.
  mutating func add(outputEnergy sums: BatchSums) {
    guard case .contributions(let matrix, let energy)? = secondMoments else { return }
    secondMoments = .contributions(matrix, outputEnergy: sums.numbers.reduce(energy) { $0 + Double($1) })
  }

  /// Changes the elements of the second moments in place.
  mutating func changeSecond(_ change: (inout [Double]) -> Void) {
    switch secondMoments.take() {
    case .gram(var matrix)?:
      change(&matrix.elements)
      secondMoments = .gram(matrix)
    case .contributions(var matrix, let energy)?:
      change(&matrix.elements)
      secondMoments = .contributions(matrix, outputEnergy: energy)
    case nil: break
    }
  }
}

extension [Double] {
  /// Adds single-precision numbers element by element.
  mutating func add(_ sums: BatchSums) {
    let (offset, numbers) = (sums.offset, sums.numbers)
    precondition(offset + numbers.count <= count)
    withUnsafeMutableBufferPointer { total in
      for i in 0..<numbers.count { total[offset + i] += Double(numbers[i]) }
    }
  }
}
