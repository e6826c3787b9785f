import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInputs
import EspalierPruning
import EspalierReports

extension [DataArgument] {
  /// The data for `model`: for all of its inputs, or `INPUT=DATA` for each.
  ///
  /// Warns of images that are evidently not what the network expects (``ArrivingImages``).
  ///
  /// - Parameters:
  ///   - split: The part of data that has two.
  ///   - option: The option that they are arguments of.
  ///   - file: The network's file, beside which a tokenizer may lie.
  /// - Throws: `EspalierError` if several are given without the inputs' names, or data does not fit.
  func open(
    _ split: Split, _ option: String, for model: Model, in file: ModelFile
  ) throws(EspalierError) -> any Dataset {
    let dataset = try joined(split, option, for: model, in: file)
    let purpose = DatasetPurpose(split, of: model, tokenizer: nil)
    // What does not fit is said by those who use the data.
    let graph = (try? model.graph.storingWhatIsKnown()) ?? model.graph
    for warning in (try? ArrivingImages.warnings(dataset, for: graph, pixels: purpose.pixels)) ?? [] {
      StandardError.warn(warning)
    }
    return dataset
  }

  private func joined(
    _ split: Split, _ option: String, for model: Model, in file: ModelFile
  ) throws(EspalierError) -> any Dataset {
    let inputs = model.graph.feeds.map(\.name)
    func open(_ data: DataArgument, _ input: String?) throws(EspalierError) -> any Dataset {
      try data.open(
        DatasetPurpose(split, of: model, input: input, tokenizer: TokenizerFiles.folder(of: file.path)))
    }
    let named = compactMap { $0.named(in: model.graph) }
    guard named.count == count else {
      guard count == 1 else {
        throw EspalierError(
          .argument, option, "is given \(count) times without saying for which inputs",
          remedy: "write INPUT=DATA; the inputs are: \(inputs.listed())")
      }
      return try open(self[0], nil)
    }
    if let twice = named.first(where: { one in named.count(where: { $0.input == one.input }) > 1 }) {
      throw EspalierError(
        .argument, option, "is given twice for input \"\(twice.input)\"", remedy: "leave out one of them")
    }
    if let missing = inputs.first(where: { input in !named.contains { $0.input == input } }) {
      throw EspalierError(
        .argument, option, "gives no data for input \"\(missing)\"", remedy: "add \(option) \(missing)=DATA")
    }
    let parts = try named.map { (part) throws(EspalierError) -> JoinedDataset.Part in
      (part.input, try open(part.data, part.input))
    }
    return parts.count == 1 ? parts[0].dataset : try JoinedDataset(parts)
  }

  /// The same as unlabelled inputs.
  func calibration(
    _ option: String, for model: Model, in file: ModelFile
  ) throws(EspalierError) -> DatasetCalibration {
    try DatasetCalibration(open(.train, option, for: model, in: file), for: model.graph)
  }
}
