import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInputs
import EspalierTensors

/// The values of a network's inputs, from arguments `[NAME=]FILE.npy`, `[NAME=]FILE.npz` or `[NAME=]DATA`.
struct RunInputs {
  private let model: Model
  private let file: ModelFile

  /// Inputs of `model`, read from `file`.
  init(of model: Model, in file: ModelFile) {
    self.model = model
    self.file = file
  }

  /// The tensor of each input.
  ///
  /// An archive without a name in front feeds the inputs that are called as its arrays; other arguments without one
  /// feed the remaining inputs in order.
  ///
  /// - Throws: `EspalierError` if an input is given no data, there is data for none, or shapes do not fit.
  func tensors(_ arguments: [String]) throws(EspalierError) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    let archives = arguments.filter { $0.hasSuffix(".npz") && NamedValue($0, among: names).name == nil }
    for path in archives {
      for (name, tensor) in try arrays(of: path) { tensors[name] = tensor }
    }
    let files = try NamedValue.assign(
      arguments.filter { !archives.contains($0) }, to: names, given: Set(tensors.keys), kind: "input", of: file.path)
    for (name, argument) in files { tensors[name] = try tensor(of: argument, for: name) }
    if let missing = model.graph.feeds.map(\.name).first(where: { tensors[$0] == nil }) {
      throw EspalierError(
        .argument, "\(file.path), input \"\(missing)\"", "is given no data",
        remedy: "add --input \(missing)=FILE.npy")
    }
    for feed in model.graph.wholeFeeds {
      guard let tensor = tensors[feed.name] else { continue }
      tensors[feed.name] = try fitted(tensor, files[feed.name] ?? archives.listed(), feed)
    }
    return tensors
  }

  private var names: [String] { model.graph.wholeFeeds.map(\.name) }

  /// The arrays of an archive that are called as inputs.
  private func arrays(of path: String) throws(EspalierError) -> [String: Tensor] {
    let all = try NPZ.read(path)
    var own: [String: Tensor] = [:]
    for name in names { own[name] = all[name] }
    if own.isEmpty, names.count == 1 { own[names[0]] = all["x"] ?? all["inputs"] }
    guard own.isEmpty else { return own }
    throw EspalierError(
      .data, path, "has no array called as an input, but: \(all.isEmpty ? "nothing" : all.keys.listed())",
      remedy: "the inputs are: \(names.listed())")
  }

  /// The value of an array, or of all samples of other data.
  private func tensor(of argument: String, for name: String) throws(EspalierError) -> Tensor {
    guard !argument.hasSuffix(".npy"), let location = try? DatasetLocation(parsing: argument) else {
      return try NPY.read(argument)
    }
    let purpose = DatasetPurpose(
      .test, of: model, input: name, tokenizer: TokenizerFiles.folder(of: file.path))
    let dataset = try location.open(for: purpose)
    let adapter = try InputAdapter(dataset, to: purpose.inputs)
    let batch = try dataset.samples(at: Array(0..<dataset.count))
    SkippedSamples.report(dataset.skipped)
    guard let tensor = adapter(batch)[name] else { throw EspalierError(.data, dataset.name, "has no samples") }
    return tensor
  }

  /// `tensor` in the precision of `feed`, checked against its shape.
  private func fitted(_ tensor: Tensor, _ source: String, _ feed: ValueInfo) throws(EspalierError) -> Tensor {
    var tensor = tensor
    if feed.elementType == .float32, tensor.elementType != .float32, let floats = tensor.floats() {
      tensor = Tensor(shape: tensor.shape, floats)
    }
    let declared = feed.dimensions ?? []
    guard feed.dimensions == nil || declared.count == tensor.shape.rank,
      zip(declared.dropFirst(), tensor.shape.dropFirst()).allSatisfy({ $0.size == nil || $0.size == $1 })
    else {
      throw EspalierError(
        .data, source,
        "has shape \(tensor.shape), and input \"\(feed.name)\" wants "
          + declared.map(\.description).joined(separator: " x "))
    }
    return tensor
  }
}
