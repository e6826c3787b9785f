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

  /// Opens one split of the data, if it has two; text is tokenized by the tokenizer beside `model`.
  func open(_ split: Split, for model: ModelFile? = nil) throws(EspalierError) -> any Dataset {
    try DatasetLocation(parsing: text).open(
      split: split, tokenizer: model.map { TokenizerFiles.folder(of: $0.path) })
  }

  /// The input named in front of an equals sign, if `graph` has it, and the data after it.
  func named(in graph: Graph) -> (input: String, data: DataArgument)? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let name = String(text[..<equals])
    guard graph.feeds.contains(where: { $0.name == name }) else { return nil }
    return (name, DataArgument(argument: String(text[text.index(after: equals)...])))
  }
}

extension Split: ExpressibleByArgument {}
