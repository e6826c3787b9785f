import EspalierLinearAlgebra

extension MultinomialObjective: SmoothObjective {
  package var penalty: CoordinatePenalty<R> {
    CoordinatePenalty(regularizer, features: examples.rows.dimension, block: examples.dimension)
  }

  package func reach(of step: [Double]) -> Double {
    var reach = 0.0
    // Adding the same to all classes does not change the predictors' differences.
    forEachExample(step) { _, predictors in
      let all = UnsafeBufferPointer(start: predictors, count: loss.classes)
      reach = max(reach, all.max()! - all.min()!)
    }
    return reach
  }

  package func restricted(to features: [Int]) -> MultinomialObjective? {
    examples.restricted(to: features).map {
      MultinomialObjective(loss, over: $0, regularizer: regularizer.restricted(to: features))
    }
  }

  /// The Hessian of the average loss at x, in K x K blocks of p x p:
  /// `H_kl = (1/n) sum_i w_i p_k ([k = l] - p_l) a_i a_i^T`.
  ///
  /// Complexity: O(n K^2 p^2).
  package func lossHessian(_ x: [Double]) -> Matrix {
    let (p, classes) = (examples.dimension, loss.classes)
    let shares = shares(x)
    var hessian = Matrix(rows: dimension, columns: dimension)
    for k in 0..<classes {
      for l in 0...k {
        let factors = (0..<examples.count).map { row in
          let (first, second) = (shares[row * classes + k], shares[row * classes + l])
          return examples.weight(row) * first * (k == l ? 1 - second : second) / Double(examples.count)
        }
        let gram = examples.weightedGram(factors)
        for i in 0..<p {
          for j in 0..<p {
            let value = k == l ? gram[i, j] : -gram[i, j]
            hessian[k * p + i, l * p + j] = value
            hessian[l * p + j, k * p + i] = value
          }
        }
      }
    }
    return hessian
  }

  /// Products with that Hessian. Complexity: O(K nnz) each.
  package func hessianProduct(_ x: [Double]) -> (([Double]) -> [Double])? {
    let (p, features, classes) = (examples.dimension, examples.rows.dimension, loss.classes)
    let shares = shares(x)
    return { [self] direction in
      var image = [Double](repeating: 0, count: direction.count)
      image.withUnsafeMutableBufferPointer { image in
        forEachBlock(direction) { rows, moves in
          for (place, row) in rows.enumerated() {
            let (own, first) = (moves + place * classes, row * classes)
            let average = (0..<classes).reduce(0) { $0 + shares[first + $1] * own[$1] }
            let factor = examples.weight(row) / Double(examples.count)
            for k in 0..<classes {
              own[k] = factor * shares[first + k] * (own[k] - average)
              if examples.hasIntercept { image[k * p + features] += own[k] }
            }
          }
          examples.rows.addCombinations(rows, moves, count: classes, stride: p, to: image.baseAddress!)
        }
      }
      return image
    }
  }

  /// The coefficients minus their average over the classes, for all features without a regulariser and for the
  /// intercepts with one. `f` does not change; of all its minimisers this is the one whose coefficients sum to 0.
  package func centred(_ x: [Double]) -> [Double] {
    let p = examples.dimension
    var result = x
    for j in 0..<p where isFlat(j) {
      let average = stride(from: j, to: x.count, by: p).reduce(0) { $0 + x[$1] } / Double(loss.classes)
      for place in stride(from: j, to: x.count, by: p) { result[place] -= average }
    }
    return result
  }

  private func isFlat(_ coordinate: Int) -> Bool { penalty.isFree(coordinate) }

  /// The loss does not change if the same vector is added to the coefficients of all classes, and H is 0 along those
  /// directions. Where no regulariser adds curvature, they get `c_j 1 1^T / K`, with `c_j` the average of coordinate
  /// j's diagonal: H can then be factored, and because gradients have no component along these directions, neither have
  /// Newton steps.
  package func fillFlatDirections(of hessian: inout Matrix) {
    let (p, classes) = (examples.dimension, loss.classes)
    for j in 0..<p where isFlat(j) {
      let places = stride(from: j, to: dimension, by: p)
      let average = places.reduce(0) { $0 + hessian[$1, $1] } / Double(classes)
      for first in places {
        for second in places { hessian[first, second] += average / Double(classes) }
      }
    }
  }

  /// The probabilities of the classes, example by example: n x K.
  private func shares(_ x: [Double]) -> [Double] {
    var shares = [Double](repeating: 0, count: examples.count * loss.classes)
    shares.withUnsafeMutableBufferPointer { shares in
      forEachExample(x) { row, predictors in
        loss.shares(predictors, into: shares.baseAddress! + row * loss.classes)
      }
    }
    return shares
  }
}
