import EspalierFiles
import EspalierTensors

/// The weights of BERT in a file, by their names in the transformers library, with or without the prefix `bert.`.
package struct BERTWeights: Sendable {
  private let file: SafeTensors
  private let path: String
  private let prefix: String

  /// The weights in a safetensors file.
  ///
  /// - Throws: `EspalierError` if the file is not in that format.
  package init(_ path: String) throws(EspalierError) {
    file = try SafeTensors(path)
    self.path = path
    prefix = file["bert.embeddings.word_embeddings.weight"] == nil ? "" : "bert."
  }

  /// The weights called `name`, which must be of `shape`; `nil` if the file lacks them.
  ///
  /// - Throws: `EspalierError` if they have another shape.
  func tensor(_ name: String, _ shape: Shape) throws(EspalierError) -> Tensor? {
    // Old files call the parameters of normalisations gamma and beta, as the paper does.
    let old =
      name.hasSuffix("LayerNorm.weight")
      ? name.dropLast(6) + "gamma" : name.hasSuffix("LayerNorm.bias") ? name.dropLast(4) + "beta" : ""
    guard let found = [prefix + name, name, prefix + old].first(where: { file[$0] != nil }) else { return nil }
    let tensor = try file.floats(found)
    guard tensor.shape == shape else {
      throw EspalierError(
        .file, "\(path), tensor \"\(found)\"", "is \(tensor.shape), and the configuration makes it \(shape)",
        remedy: "give the config.json that belongs to the weights")
    }
    return tensor
  }
}
