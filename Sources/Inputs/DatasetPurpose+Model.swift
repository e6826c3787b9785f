import EspalierDatasets
import EspalierGraph

extension DatasetPurpose {
  /// The use of data by `model`.
  ///
  /// - Parameter input: The only input that the data feeds; `nil` for all.
  package init(_ split: Split, of model: Model, input: String? = nil, tokenizer: String?) {
    self.init(
      split: split, tokenizer: tokenizer,
      inputs: model.graph.declaredInputs.filter { input == nil || $0.name == input },
      pixels: DeclaredPixels(metadata: Dictionary(uniqueKeysWithValues: model.metadata.map { ($0.key, $0.value) })))
  }
}
