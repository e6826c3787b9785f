import EspalierFiles
import EspalierTensors

/// Classes of samples, counted from 0.
enum Labels {
  /// Larger labels are rejected as a mistake (regression targets, identifiers) before memory is sized by them.
  static let largest = 1 << 24

  /// The labels in a tensor of integers of shape `[sampleCount]` or `[sampleCount, 1]`.
  static func read(_ tensor: Tensor, subject: String) throws(EspalierError) -> [Int] {
    guard tensor.shape.first == tensor.count else {
      throw EspalierError(
        .data, subject, "has labels of shape \(tensor.shape), and one class for each sample is needed")
    }
    guard let labels = tensor.integers() else {
      throw EspalierError(
        .data, subject, "has \(tensor.elementType) labels, and classes are whole numbers",
        remedy: "convert them, as with labels.astype(numpy.int64)")
    }
    return labels
  }

  /// Checks that there is one valid label for each sample; returns the number of classes.
  static func check(_ labels: [Int], subject: String, sampleCount: Int) throws(EspalierError) -> Int {
    guard labels.count == sampleCount else {
      throw EspalierError(.data, subject, "has \(labels.count) labels for \(sampleCount) samples")
    }
    if let place = labels.firstIndex(where: { !(0..<largest).contains($0) }) {
      throw EspalierError(
        .data, subject, "has label \(labels[place]) at sample \(place), and classes are counted from 0")
    }
    return (labels.max() ?? -1) + 1
  }
}
