import EspalierFiles

/// Which part of a data set that comes in two is meant.
package enum Split: String, Hashable, Sendable, CaseIterable {
  /// The samples to train on.
  case train
  /// The samples to measure on.
  case test
}

/// A kind of data set that the command line understands: how it is written, and how it is opened.
///
/// Adding a kind is one file with an extension that makes its value, and one line in `all`.
package struct DatasetKind: Sendable {
  /// How it is written: `fashion-mnist:DIR`, `FILE.npy`.
  package let form: String
  /// What it is, in a few words.
  package let summary: String
  /// Whether an argument is of this kind, judged by its text, or by its naming a directory.
  let recognizes: @Sendable (String) -> Bool
  /// Opens the data that the whole argument names.
  let open: @Sendable (String, Split, _ tokenizer: String?) throws(EspalierError) -> any Dataset

  /// A kind.
  package init(
    form: String, summary: String, recognizes: @escaping @Sendable (String) -> Bool,
    open: @escaping @Sendable (String, Split, _ tokenizer: String?) throws(EspalierError) -> any Dataset
  ) {
    self.form = form
    self.summary = summary
    self.recognizes = recognizes
    self.open = open
  }

  /// The kinds there are; an argument is of the first that recognises it.
  package static let all: [DatasetKind] = [.fashionMNIST, .mnist, .text, .images, .npy, .npz, .idx]
}

/// Where data is, as written on the command line (`DATA`).
package struct DatasetLocation: Sendable, CustomStringConvertible {
  /// The argument as it was written.
  package let description: String
  /// The kind of data it names.
  package let kind: DatasetKind

  /// The location that `argument` names.
  /// - Throws: `EspalierError`, which lists what is understood, where it is of no kind there is.
  package init(parsing argument: String) throws(EspalierError) {
    guard let kind = DatasetKind.all.first(where: { $0.recognizes(argument) }) else {
      let forms = DatasetKind.all.map { "\($0.form) (\($0.summary))" }.joined(separator: ", ")
      let subject = argument.isEmpty ? "an empty argument" : argument
      throw EspalierError(
        .argument, subject, "is no data set of a kind that is understood", remedy: "write one of: \(forms)")
    }
    self.description = argument
    self.kind = kind
  }

  /// Opens the data. `split` chooses between the parts of a kind that has both, and means nothing to the others; `tokenizer` is the
  /// folder of the tokenizer of text that does not name its own.
  package func open(split: Split = .train, tokenizer: String? = nil) throws(EspalierError) -> any Dataset {
    try kind.open(description, split, tokenizer)
  }
}

/// One path, or two with a comma between them: samples and labels.
struct PathPair {
  var samples: String
  var labels: String?

  init(_ argument: String) {
    let parts = argument.split(separator: ",", maxSplits: 1).map(String.init)
    samples = parts.first ?? ""
    labels = parts.count == 2 ? parts[1] : nil
  }
}
