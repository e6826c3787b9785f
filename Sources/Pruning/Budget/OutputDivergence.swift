import EspalierTensors
import Foundation

/// How far the outputs of a network have moved from those of the dense one, as one number without a unit.
///
/// For an output of one row of class scores a sample, the Kullback-Leibler divergence of the classes' probabilities,
/// `sum over c of p_c log(p_c / q_c)`, p the dense network's, in nats, the mean over the samples. Rows that are
/// probabilities already are taken as such; others pass through a softmax. For other outputs the relative squared
/// error, `|| Y' - Y ||_F^2 / || Y ||_F^2`; for integers the share of elements that differ. Several outputs add up.
struct OutputDivergence {
  fileprivate struct Sums {
    var divergence = 0.0
    var rows = 0
    var error = 0.0
    var energy = 0.0

    var value: Double {
      if rows > 0 { return divergence / Double(rows) }
      return error == 0 ? 0 : error / max(energy, .leastNormalMagnitude)
    }
  }

  private var sums: [String: Sums] = [:]

  /// Adds one batch of outputs, by name; those without a counterpart are left out.
  mutating func add(_ answers: [String: Tensor], against targets: [String: Tensor]) {
    for (name, answer) in answers {
      guard let target = targets[name], target.shape == answer.shape, let own = answer.doubles(),
        let dense = target.doubles()
      else { continue }
      sums[name, default: Sums()].add(own, dense, width: target.rowWidth)
    }
  }

  /// The divergence, summed over the outputs; infinite if an answer is not a number.
  var value: Double {
    let value = sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.value }
    return value.isNaN ? .infinity : value
  }
}

extension OutputDivergence.Sums {
  fileprivate mutating func add(_ own: [Double], _ dense: [Double], width: Int?) {
    guard let width else {
      for (x, y) in zip(own, dense) {
        error += (x - y) * (x - y)
        energy += y * y
      }
      return
    }
    for start in stride(from: 0, to: dense.count, by: width) {
      let (p, q) = (dense[start..<start + width].logProbabilities, own[start..<start + width].logProbabilities)
      divergence += max(zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }, 0)
      rows += 1
    }
  }
}

extension Tensor {
  /// The number of classes if the tensor is one row of scores for each sample: `N x C`, possibly with further axes of
  /// size 1.
  fileprivate var rowWidth: Int? {
    guard elementType.isFloatingPoint, shape.rank >= 2, shape[1] > 1, shape.dropFirst(2).allSatisfy({ $0 == 1 })
    else { return nil }
    return shape[1]
  }
}

extension ArraySlice<Double> {
  /// The logarithms of the probabilities that the scores stand for.
  fileprivate var logProbabilities: [Double] {
    if allSatisfy({ $0 >= 0 }), abs(reduce(0, +) - 1) < 1e-3 { return map { log(Swift.max($0, 1e-12)) } }
    let largest = self.max() ?? 0
    let normalizer = largest + log(reduce(0) { $0 + exp($1 - largest) })
    return map { $0 - normalizer }
  }
}
