import EspalierFiles
import EspalierTensors

/// A data set held in memory: for tests, for synthetic data, and for data that is small.
package struct InMemoryDataset: Dataset {
  /// What the user calls it.
  package let name: String
  /// All samples, `float32` of shape `[count] + sampleShape`.
  package let inputs: Tensor
  /// The class of each sample, where there are labels.
  package let labels: [Int]?
  /// How many classes there are, where there are labels.
  package let classCount: Int?

  /// A data set of the slices of `inputs` along its first axis.
  /// - Parameters:
  ///   - inputs: samples of any real type, converted to `float32` without scaling.
  ///   - labels: as many classes, counted from 0.
  ///   - classCount: how many classes there are; one more than the largest label unless given.
  /// - Throws: `EspalierError` where these do not fit together.
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

  /// How many samples there are.
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
