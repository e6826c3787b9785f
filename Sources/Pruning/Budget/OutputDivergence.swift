import EspalierTensors

/// How far the outputs of a network have moved from those of the dense one, as one number without a unit.
///
/// For an output of one row of class scores a sample, the mean Kullback-Leibler divergence (``DivergenceSum``), in
/// nats; for other outputs the relative squared error, `|| Y' - Y ||_F^2 / || Y ||_F^2`. Several outputs add up.
struct OutputDivergence {
  private struct Sums {
    var divergence = DivergenceSum()
    var error = 0.0
    var energy = 0.0

    var value: Double { divergence.mean ?? (error == 0 ? 0 : error / max(energy, .leastNormalMagnitude)) }

    mutating func add(_ own: [Double], _ dense: [Double], width: Int?) {
      guard let width else {
        for (x, y) in zip(own, dense) {
          error += (x - y) * (x - y)
          energy += y * y
        }
        return
      }
      for start in stride(from: 0, to: dense.count, by: width) {
        divergence.add(own[start..<start + width], dense[start..<start + width])
      }
    }
  }

  private var sums: [String: Sums] = [:]

  /// Adds one batch of outputs, by name; those without a counterpart are left out.
  mutating func add(_ answers: [String: Tensor], against targets: [String: Tensor]) {
    for (name, answer) in answers {
      guard let target = targets[name], target.shape == answer.shape, let own = answer.doubles(),
        let dense = target.doubles()
      else { continue }
      let width = target.elementType.isFloatingPoint ? target.shape.rowWidth : nil
      sums[name, default: Sums()].add(own, dense, width: width)
    }
  }

  /// The divergence, summed over the outputs; infinite if an answer is not a number.
  var value: Double {
    let value = sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.value }
    return value.isNaN ? .infinity : value
  }
}
