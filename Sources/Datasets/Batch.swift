import Tensors

/// Some samples of a data set, side by side.
public struct Batch: Hashable, Sendable {
  /// The samples: `float32` of shape `[n] + sampleShape`; of text, the identifiers of its tokens, `n x length`.
  public var inputs: Tensor
  /// Further tensors of the same samples where a network takes several, by their names in the data: masks, kinds of tokens.
  public var fields: [String: Tensor]
  /// The class of each sample; `nil` where the data has no labels.
  public var labels: [Int]?
  /// Which sample of the data set each one is.
  public var indices: [Int]

  /// A batch of as many labels (if any) and indices as `inputs` has samples.
  public init(inputs: Tensor, fields: [String: Tensor] = [:], labels: [Int]?, indices: [Int]) {
    precondition(inputs.shape.first == indices.count, "\(indices.count) indices for inputs of shape \(inputs.shape)")
    precondition(labels.map { $0.count == indices.count } ?? true, "as many labels as samples are needed")
    self.inputs = inputs
    self.fields = fields
    self.labels = labels
    self.indices = indices
  }

  /// How many samples there are.
  public var count: Int { indices.count }
}
