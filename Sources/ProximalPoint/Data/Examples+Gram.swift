import EspalierLinearAlgebra
import EspalierProcesses

extension Examples {
  /// `sum_i factor_i a_i a_i^T`, with a constant 1 after the features if there is an intercept; factors are not
  /// negative.
  ///
  /// Dense rows are taken in blocks of 1024, whose sums are added in their order; several processes compute one each at
  /// a time. Shape: p x p. Complexity: O(n p^2), by BLAS for dense rows.
  package func weightedGram(_ factors: [Double]) -> Matrix {
    precondition(factors.count == count)
    return Rows.isSparse ? sparseGram(factors) : denseGram(factors)
  }

  private func sparseGram(_ factors: [Double]) -> Matrix {
    let (p, features) = (dimension, rows.dimension)
    var gram = Matrix(rows: p, columns: p)
    gram.elements.withUnsafeMutableBufferPointer { gram in
      for (row, factor) in factors.enumerated() where factor != 0 {
        rows.forEachElement(of: row) { i, a in
          rows.add(row, times: factor * a, to: gram.baseAddress! + i * p)
          if hasIntercept {
            gram[i * p + features] += factor * a
            gram[features * p + i] += factor * a
          }
        }
        if hasIntercept { gram[features * p + features] += factor }
      }
    }
    return gram
  }

  /// The rows of a block, whose products are added to those of the blocks before it.
  private static var blockSize: Int { 1024 }
  /// The operations below which several processes gain nothing by sharing them.
  private static var leastShared: Int { 1 << 22 }

  private func denseGram(_ factors: [Double]) -> Matrix {
    let p = dimension
    var gram = Matrix(rows: p, columns: p)
    let isShared = factors.count * p * p >= Self.leastShared
    let processes: any ProcessGroup = isShared ? processes : SingleProcess()
    let blocks = (factors.count + Self.blockSize - 1) / Self.blockSize
    for first in stride(from: 0, to: blocks, by: processes.count) {
      // A process without a block of its own takes part with that of another, which does not count.
      let own = min(first + processes.rank, blocks - 1)
      let product = blockGram(factors, own * Self.blockSize..<min((own + 1) * Self.blockSize, factors.count))
      product.elements.withUnsafeBufferPointer { product in
        processes.forEachContribution(to: product, from: min(processes.count, blocks - first)) { _, offset, part in
          gram.elements.withUnsafeMutableBufferPointer { gram in
            for i in 0..<part.count { gram[offset + i] += part[i] }
          }
        }
      }
    }
    processes.complete(&gram.elements)
    return gram
  }

  /// The same sum over a range of rows.
  private func blockGram(_ factors: [Double], _ range: Range<Int>) -> Matrix {
    let (p, features) = (dimension, rows.dimension)
    var block = Matrix(rows: range.count, columns: p)
    block.elements.withUnsafeMutableBufferPointer { block in
      guard var next = block.baseAddress else { return }
      for row in range {
        let root = factors[row].squareRoot()
        rows.copy(row, times: root, to: next)
        if hasIntercept { next[features] = root }
        next += p
      }
    }
    return Matrix.product(block, block, transposingFirst: true)
  }
}
