import EspalierFiles

/// The use for which data is opened: the part of it, and the network that it feeds.
package struct DatasetPurpose: Sendable {
  /// The part of data that has two; ignored by other data.
  package var split: Split
  /// The folder of the tokenizer for text that does not specify one.
  package var tokenizer: String?
  /// The inputs of the network that the data feeds; empty if no network is known.
  package var inputs: [DeclaredInput]
  /// What the network's file says about the pixels of its images.
  package var pixels: DeclaredPixels

  /// A purpose; by default training, of no known network.
  package init(
    split: Split = .train, tokenizer: String? = nil, inputs: [DeclaredInput] = [],
    pixels: DeclaredPixels = DeclaredPixels()
  ) {
    self.split = split
    self.tokenizer = tokenizer
    self.inputs = inputs
    self.pixels = pixels
  }
}
