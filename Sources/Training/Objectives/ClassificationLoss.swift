import EspalierTensors

/// Softmax cross-entropy with label smoothing: the target of class c is `1 - smoothing + smoothing / classes`, of any
/// other class `smoothing / classes`.
///
/// Source: C. Szegedy et al., "Rethinking the Inception architecture", CVPR 2016, section 7.
package struct ClassificationLoss: Hashable, Sendable {
  /// The share of the probability that is spread over all classes, 0 to 1.
  package var labelSmoothing: Float

  /// The loss with this smoothing.
  package init(labelSmoothing: Float = 0) {
    self.labelSmoothing = labelSmoothing
  }

  /// The target probabilities of `labels`, n x `classCount`.
  package func targets(_ labels: [Int], classCount: Int) -> Tensor {
    let rest = labelSmoothing / Float(classCount)
    var targets = [Float](repeating: rest, count: labels.count * classCount)
    for (row, label) in labels.enumerated() { targets[row * classCount + label] += 1 - labelSmoothing }
    return Tensor(shape: [labels.count, classCount], targets)
  }
}
