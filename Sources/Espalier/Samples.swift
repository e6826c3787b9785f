import EspalierDatasets
import EspalierFiles
import EspalierInputs
import EspalierTensors

/// Samples to calibrate, train or measure on: a file, a folder or an array, pulled batch by batch.
public struct Samples: Sendable {
  let dataset: any Dataset

  /// Opens samples as the command line does: `images/` (a folder of photographs), `x.npy`, `x.npy,labels.npy`,
  /// `fashion-mnist:DIR`, `text:FILE`, ...
  ///
  /// - Parameters:
  ///   - location: Where they are.
  ///   - isTest: Whether the part to measure on is meant, of kinds that come in two.
  ///   - network: The network they are for: its inputs say how large images are and which arrays of an `.npz` file are
  ///     meant, and its folder holds the tokenizer of text.
  /// - Throws: `EspalierError` of kind `file` or `data` where they cannot be used.
  public init(_ location: String, isTest: Bool = false, for network: Network? = nil) throws(EspalierError) {
    let split = isTest ? Split.test : .train
    let purpose = network.map { DatasetPurpose(split, of: $0.model, tokenizer: $0.folder) }
    dataset = try DatasetLocation(parsing: location).open(for: purpose ?? DatasetPurpose(split: split))
  }

  /// Samples that lie in memory, along the first axis of `values`.
  ///
  /// - Throws: `EspalierError` where there are not as many labels as samples.
  public init(_ values: Values, labels: [Int]? = nil) throws(EspalierError) {
    dataset = try InMemoryDataset(inputs: values.tensor, labels: labels)
  }

  /// How many samples there are.
  public var count: Int { dataset.count }
}
