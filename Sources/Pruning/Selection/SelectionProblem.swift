import EspalierLinearAlgebra

/// The input of a selection for one group: for each layer that reads the units, its weights and the statistics of its
/// input. A selection is a pure function of this value.
package struct SelectionProblem: Sendable {
  /// A layer that sums over the units: `U = W H + b`.
  package struct Consumer: Sendable {
    /// W, outputs x rows: a row of H is a channel or, for a convolution, a channel and tap.
    package private(set) var weight: Matrix
    /// b, one number per output; `nil` if the layer has none.
    package private(set) var bias: [Double]?
    /// For each unit, the layer's input channels that belong to it.
    package let channels: [[Int]]
    /// For each unit, the rows of H that belong to it.
    package let rows: [[Int]]
    /// The statistics of the layer's input over the calibration data.
    package private(set) var statistics: ActivationStatistics
    /// The strength of the ridge with which the layer will be re-fitted; `nil` if it is not known.
    private(set) var ridgeStrength: Double?
    /// The sums from which importances are computed.
    let tapSums: TapSums

    /// A layer with these weights, whose inputs belong to units by `channels`.
    package init(weight: Matrix, bias: [Double]?, channels: [[Int]], statistics: ActivationStatistics) {
      precondition(weight.columns == statistics.rows)
      self.weight = weight
      self.bias = bias
      self.channels = channels
      self.statistics = statistics
      let tapSums = statistics.tapSums
      rows = channels.map { $0.flatMap { channel in (0..<tapSums.taps).map { channel * tapSums.taps + $0 } } }
      self.tapSums = tapSums
    }

    /// The layer that reads the inputs of all `consumers`, at least one, which have the same weights:
    /// `H = [H_1 H_2 ..]`. For re-fitting only: importances are computed for each consumer.
    init(joining consumers: [Consumer]) {
      self = consumers[0]
      guard consumers.count > 1 else { return }
      statistics = consumers.dropFirst().reduce(statistics.byRow) { $0 + $1.statistics.byRow }
    }

    /// The same layer with other weights.
    func with(weight: Matrix, bias: [Double]?) -> Consumer {
      var consumer = self
      (consumer.weight, consumer.bias) = (weight, bias)
      return consumer
    }

    /// The same layer, to be re-fitted with a ridge of `strength`.
    func with(ridgeStrength strength: Double) -> Consumer {
      var consumer = self
      consumer.ridgeStrength = strength
      return consumer
    }

    /// The least-squares problem of the layer's output; `nil` if the statistics hold sums alone. Complexity: O(rows^2).
    var regression: Regression? {
      var regression = Regression(weight: weight, bias: bias, rows: rows, statistics)
      regression?.strength = ridgeStrength
      return regression
    }
  }

  /// The number of units.
  package let unitCount: Int
  /// The layers that read them.
  package let consumers: [Consumer]
  /// The weights that produce each unit, for methods that use nothing else.
  package let producerWeights: ProducerWeights
  /// The size of each unit's rows of the hidden representation: `|| H_i ||_1`, equal to the paper's `mu(H)` if none is
  /// negative.
  package let hiddenSize: [Double]
  /// `Q_ij = sum over consumers of G_ij (W^T W)_ij`, summed over the channels of units i and j: the product of the
  /// units' contributions to the output. The residual of keeping S is the sum of Q over pairs outside S. `nil` if the
  /// statistics of a consumer hold sums alone.
  package let interaction: Matrix?
  /// `|| U ||_F^2` over the calibration data, including biases; `nil` likewise.
  package let outputEnergy: Double?
  /// What is known of the units beside the layers that read them.
  package var traits = UnitTraits()

  /// The selection problem for `unitCount` units.
  ///
  /// Complexity: O(outputs x channels^2) for each consumer.
  package init(unitCount: Int, consumers: [Consumer], producerWeights: ProducerWeights = ProducerWeights([])) {
    self.unitCount = unitCount
    self.consumers = consumers
    self.producerWeights = producerWeights
    let channelSizes = consumers.map(\.statistics.channelSizes)
    hiddenSize = (0..<unitCount).map { unit in
      zip(consumers, channelSizes).reduce(0) { sum, layer in
        let (consumer, sizes) = layer
        return consumer.channels[unit].reduce(sum) { $0 + sizes[$1] }
      }
    }
    guard consumers.allSatisfy({ $0.statistics.secondMoments != nil }) else {
      (interaction, outputEnergy) = (nil, nil)
      return
    }
    interaction = consumers.reduce(into: Matrix(rows: unitCount, columns: unitCount)) { $1.addInteraction(to: &$0) }
    outputEnergy = consumers.reduce(0) { $0 + $1.outputEnergy }
  }

  /// `|| U - U_S ||_F^2` for kept units S with unchanged weights, computed exactly from the statistics. With S empty
  /// this is the whole output without its bias. `nil` if the statistics hold sums alone.
  package func residual(keeping kept: [Int]) -> Double? {
    guard let interaction else { return nil }
    let isKept = Set(kept)
    let dropped = (0..<unitCount).filter { !isKept.contains($0) }
    return dropped.reduce(0) { sum, i in dropped.reduce(sum) { $0 + interaction[i, $1] } }
  }
}

extension SelectionProblem.Consumer {
  fileprivate func addInteraction(to total: inout Matrix) {
    switch statistics.secondMoments {
    case .contributions(let products, _)?: total = total + products
    case .gram(let gram)?:
      let weights = Matrix.product(weight, weight, transposingFirst: true)
      if rows.enumerated().allSatisfy({ $1 == [$0] }), rows.count == gram.rows {
        for i in total.elements.indices { total.elements[i] += weights.elements[i] * gram.elements[i] }
        return
      }
      for (first, own) in rows.enumerated() {
        for (second, others) in rows.enumerated() {
          for i in own { for j in others { total[first, second] += weights[i, j] * gram[i, j] } }
        }
      }
    case nil: break
    }
  }

  /// `tr(W G W^T) + 2 b^T W h + n b^T b`.
  fileprivate var outputEnergy: Double {
    switch statistics.secondMoments {
    case .contributions(_, let energy)?: return energy
    case .gram(let gram)?:
      let product = Matrix.product(weight, gram)
      var energy = zip(product.elements, weight.elements).reduce(0) { $0 + $1.0 * $1.1 }
      if let bias {
        let mean = weight.product(statistics.sum)
        for (b, u) in zip(bias, mean) { energy += 2 * b * u + Double(statistics.count) * b * b }
      }
      return max(energy, 0)
    case nil: return 0
    }
  }
}
