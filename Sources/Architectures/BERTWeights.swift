import EspalierFiles
import EspalierTensors

/// The weights that a file has for BERT, by the names that the library transformers gives them, with or without `bert.` in front.
package struct BERTWeights: Sendable {
  private let file: SafeTensors
  private let path: String
  private let prefix: String

  /// The weights in a file of the format safetensors.
  ///
  /// - Throws: `EspalierError` where it is no such file.
  package init(_ path: String) throws(EspalierError) {
    file = try SafeTensors(path)
    self.path = path
    prefix = file["bert.embeddings.word_embeddings.weight"] == nil ? "" : "bert."
  }

  /// The weights called `name`, which must be of `shape`; `nil` where the file has none.
  ///
  /// - Throws: `EspalierError` where they are of another shape.
  func tensor(_ name: String, _ shape: Shape) throws(EspalierError) -> Tensor? {
    // Old files call the parameters of normalisations as the paper does.
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
