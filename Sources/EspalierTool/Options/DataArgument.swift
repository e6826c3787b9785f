import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierGraph

/// `DATA`, or `INPUT=DATA` for a network with several inputs.
struct DataArgument: ExpressibleByArgument {
  let text: String

  init(argument: String) {
    text = argument
  }

  /// Opens the data for `purpose`.
  func open(_ purpose: DatasetPurpose) throws(EspalierError) -> any Dataset {
    try DatasetLocation(parsing: text).open(for: purpose)
  }

  /// Opens one split of the data, if it has two, for no known network; text is tokenized by the tokenizer beside
  /// `model`.
  func open(_ split: Split, for model: ModelFile? = nil) throws(EspalierError) -> any Dataset {
    try open(DatasetPurpose(split: split, tokenizer: model.map { TokenizerFiles.folder(of: $0.path) }))
  }

  /// The input named in front of an equals sign, if `graph` has it, and the data after it.
  func named(in graph: Graph) -> (input: String, data: DataArgument)? {
    let named = NamedValue(text, among: graph.feeds.map(\.name))
    return named.name.map { ($0, DataArgument(argument: named.value)) }
  }
}

extension Split: ExpressibleByArgument {}
