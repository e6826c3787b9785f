import EspalierLinearAlgebra

/// The least-squares problem of one layer over some samples: rows S of its input H, its target T, and the weights that
/// it has.
///
/// `min || T - W H_S - b ||_F^2 + lambda || W - W_0 ||_F^2` has, with moments centred where there is a bias,
///
///     W = (T H_S^T + lambda W_0) (H_S H_S^T + lambda I)^-1        b = (T 1 - W H_S 1) / n
///
/// Only second moments are needed, to solve it as well as to measure the error of its solution on other samples.
package struct LayerMoments: Sendable {
  private let count: Double
  private let gram: Matrix
  private let inputSum: [Double]
  private let target: TargetMoments
  private let hasBias: Bool
  /// The outputs whose error is computed at once, so that the products with the Gram matrix stay small.
  private static let outputsAtOnce = 1024
  /// The mean of the diagonal of the Gram matrix of all rows, centred where there is a bias, over rows that are not
  /// zero.
  let energy: Double

  /// New weights of the rows S, outputs x |S|, and a new bias.
  package struct Solution: Sendable {
    package var weight: Matrix
    package var bias: [Double]?
  }

  /// The moments of `statistics`, which hold a Gram matrix, for `outputs` of a layer with these weights.
  package init?(_ statistics: ActivationStatistics, weight: Matrix, bias: [Double]?, outputs: [Int], rows: [Int]) {
    guard let gram = statistics.gram else { return nil }
    let (sum, samples, isCentred) = (statistics.sum, Double(max(statistics.count, 1)), bias != nil)
    let diagonal = gram.diagonal.enumerated().map { row, square in
      isCentred ? square - sum[row] * sum[row] / samples : square
    }.filter { $0 > 0 }
    energy = diagonal.reduce(0, +) / Double(max(diagonal.count, 1))
    inputSum = rows.map { sum[$0] }
    (count, hasBias) = (samples, isCentred)
    self.gram = gram.taking(rows: rows, columns: rows)
    if let target = statistics.target {
      self.target = TargetMoments(
        cross: target.cross.taking(rows: outputs, columns: rows), sum: outputs.map { target.sum[$0] },
        squares: outputs.map { target.squares[$0] })
    } else {
      target = TargetMoments(
        ofLayer: weight.taking(rows: outputs), bias: bias.map { bias in outputs.map { bias[$0] } }, gram, sum, samples,
        rows: rows)
    }
  }

  private init(count: Double, gram: Matrix, inputSum: [Double], target: TargetMoments, hasBias: Bool, energy: Double) {
    (self.count, self.gram, self.inputSum, self.target) = (count, gram, inputSum, target)
    (self.hasBias, self.energy) = (hasBias, energy)
  }

  /// The moments of the samples that are not in `part`: sums, so that one is a subtraction.
  package func without(_ part: LayerMoments) -> LayerMoments {
    LayerMoments(
      count: count - part.count, gram: gram.subtracting(part.gram),
      inputSum: zip(inputSum, part.inputSum).map { $0 - $1 },
      target: TargetMoments(
        cross: target.cross.subtracting(part.target.cross), sum: zip(target.sum, part.target.sum).map { $0 - $1 },
        squares: zip(target.squares, part.target.squares).map { $0 - $1 }),
      hasBias: hasBias, energy: max(energy - part.energy, 0))
  }

  /// The solution for `lambda = strength x energy`, held to the weights `prior`. Complexity: O(|S|^3 + |S|^2 outputs).
  package func solution(_ strength: Double, prior: Matrix) -> Solution {
    let lambda = max(strength * energy, .leastNormalMagnitude)
    var (form, product) = (gram, target.cross)
    if hasBias {
      form.addOuterProduct(inputSum, inputSum, times: -1 / count)
      product.addOuterProduct(target.sum, inputSum, times: -1 / count)
    }
    form.addToDiagonal(lambda)
    for index in product.elements.indices { product.elements[index] += lambda * prior.elements[index] }
    let weight = Cholesky(form: form).solveFromRight(product)
    return Solution(weight: weight, bias: hasBias ? bias(of: weight) : nil)
  }

  /// `|| T ||_F^2`.
  var targetEnergy: Double { target.squares.reduce(0, +) }

  /// The weights as they are, with the bias that suits them best.
  package func keeping(_ weight: Matrix) -> Solution {
    Solution(weight: weight, bias: hasBias ? bias(of: weight) : nil)
  }

  private func bias(of weight: Matrix) -> [Double] {
    zip(target.sum, weight.product(inputSum)).map { ($0 - $1) / count }
  }

  /// `|| T - W H_S - b ||_F^2` over the samples of these moments. Complexity: O(|S|^2 outputs).
  package func error(of solution: Solution) -> Double {
    let weight = solution.weight
    var error = target.squares.reduce(0, +)
    for start in stride(from: 0, to: weight.rows, by: Self.outputsAtOnce) {
      let part = weight.taking(rows: Array(start..<min(start + Self.outputsAtOnce, weight.rows)))
      let (product, offset) = (Matrix.product(part, gram), start * weight.columns)
      for index in part.elements.indices {
        error += part.elements[index] * (product.elements[index] - 2 * target.cross.elements[offset + index])
      }
    }
    if let bias = solution.bias {
      for (output, (b, own)) in zip(bias, weight.product(inputSum)).enumerated() {
        error += b * (2 * (own - target.sum[output]) + count * b)
      }
    }
    return max(error, 0)
  }
}

extension TargetMoments {
  /// The moments of the layer's own output `W H + b` over the samples of `gram`.
  fileprivate init(
    ofLayer weight: Matrix, bias: [Double]?, _ gram: Matrix, _ inputSum: [Double], _ count: Double, rows: [Int]
  ) {
    let product = Matrix.product(weight, gram)
    let plain = weight.product(inputSum)
    var squares = (0..<weight.rows).map { zip(product.row($0), weight.row($0)).reduce(0) { $0 + $1.0 * $1.1 } }
    var (sum, cross) = (plain, product.taking(columns: rows))
    if let bias {
      cross.addOuterProduct(bias, rows.map { inputSum[$0] }, times: 1)
      for output in bias.indices {
        squares[output] += bias[output] * (2 * plain[output] + count * bias[output])
        sum[output] += count * bias[output]
      }
    }
    self.init(cross: cross, sum: sum, squares: squares)
  }
}

extension Matrix {
  fileprivate func subtracting(_ other: Matrix) -> Matrix {
    var result = self
    for index in result.elements.indices { result.elements[index] -= other.elements[index] }
    return result
  }
}
