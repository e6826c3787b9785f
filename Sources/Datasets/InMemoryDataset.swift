import EspalierFiles
import EspalierTensors

/// A data set in memory: for tests, synthetic data and small data.
package struct InMemoryDataset: Dataset {
  /// The name in reports and errors.
  package let name: String
  /// All samples, `float32` of shape `[count] + sampleShape`.
  package let inputs: Tensor
  /// The class of each sample, if there are labels.
  package let labels: [Int]?
  /// The number of classes, if there are labels.
  package let classCount: Int?

  /// A data set of the slices of `inputs` along its first axis.
  /// - Parameters:
  ///   - inputs: Samples of any real type, converted to `float32` without scaling.
  ///   - labels: The class of each sample, counted from 0.
  ///   - classCount: The number of classes; by default the largest label plus one.
  /// - Throws: `EspalierError` if these are inconsistent.
  package init(
    name: String = "memory", inputs: Tensor, labels: [Int]? = nil, classCount: Int? = nil
  ) throws(EspalierError) {
    guard let count = inputs.shape.first else { throw EspalierError(.data, name, "has no axis of samples") }
    guard let floats = inputs.floats() else {
      throw EspalierError(.data, name, "holds \(inputs.elementType) elements, and real numbers are needed")
    }
    self.name = name
    self.inputs = inputs.elementType == .float32 ? inputs : Tensor(shape: inputs.shape, floats)
    self.labels = labels
    self.classCount = try labels.map { labels throws(EspalierError) in
      let found = try Labels.check(labels, subject: name, sampleCount: count)
      guard found <= classCount ?? found else {
        throw EspalierError(.data, name, "has label \(found - 1), which is outside its \(classCount ?? 0) classes")
      }
      return classCount ?? found
    }
  }

  /// The number of samples.
  package var count: Int { inputs.shape[0] }

  /// The shape of one sample.
  package var sampleShape: Shape { Shape(Array(inputs.shape.dropFirst())) }

  /// Copies the samples at `indices`.
  package func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    Batch(
      inputs.taking(indices, along: 0), labels: labels.map { labels in indices.map { labels[$0] } },
      indices: indices)
  }
}
