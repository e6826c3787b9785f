import EspalierTensors

/// A batch of samples of a data set: tensors by name, whose first axis counts the samples.
package struct Batch: Hashable, Sendable {
  /// The field name of samples that are one tensor each.
  package static let samples = "samples"

  /// The tensors, by their names in the data (``Dataset/fields``).
  ///
  /// Samples that are one tensor have only ``samples``, `float32` of shape `[n] + sampleShape`; text has token
  /// identifiers, masks and types, each `n x length`.
  package var fields: [String: Tensor]
  /// The class of each sample; `nil` if the data has no labels.
  package var labels: [Int]?
  /// The index of each sample in the data set.
  package var indices: [Int]

  /// A batch whose fields, labels (if any) and indices have the same count.
  package init(_ fields: [String: Tensor], labels: [Int]?, indices: [Int]) {
    for (name, tensor) in fields {
      precondition(tensor.shape.first == indices.count, "\(indices.count) indices for \(name) of shape \(tensor.shape)")
    }
    precondition(labels.map { $0.count == indices.count } ?? true, "as many labels as samples are needed")
    self.fields = fields
    self.labels = labels
    self.indices = indices
  }

  /// A batch of samples that are one tensor each.
  package init(_ samples: Tensor, labels: [Int]?, indices: [Int]) {
    self.init([Self.samples: samples], labels: labels, indices: indices)
  }

  /// The number of samples.
  package var count: Int { indices.count }

  /// The field of this name, which must be one of the data's.
  package subscript(name: String) -> Tensor {
    get {
      guard let tensor = fields[name] else { preconditionFailure("a batch has no field \(name)") }
      return tensor
    }
    set { fields[name] = newValue }
  }
}
