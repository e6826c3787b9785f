import EspalierFiles

/// A part of a data set that has two.
package enum Split: String, Hashable, Sendable, CaseIterable {
  /// The training samples.
  case train
  /// The test samples.
  case test
}

/// A kind of data set on the command line: its syntax, and its initialiser.
///
/// A new kind is one file with an extension that defines its value, and one line in `all`.
package struct DatasetKind: Sendable {
  /// The syntax: `fashion-mnist:DIR`, `FILE.npy`.
  package let form: String
  /// A short description.
  package let summary: String
  /// Whether an argument is of this kind, by its text or because it names a directory.
  let recognizes: @Sendable (String) -> Bool
  /// Opens the data of a whole argument.
  let open: @Sendable (String, DatasetPurpose) throws(EspalierError) -> any Dataset

  /// A kind.
  package init(
    form: String, summary: String, recognizes: @escaping @Sendable (String) -> Bool,
    open: @escaping @Sendable (String, DatasetPurpose) throws(EspalierError) -> any Dataset
  ) {
    self.form = form
    self.summary = summary
    self.recognizes = recognizes
    self.open = open
  }

  /// All kinds; an argument is of the first that recognises it.
  package static let all: [DatasetKind] = [.fashionMNIST, .mnist, .text, .images, .npy, .npz, .idx]
}

/// The location of data, as written on the command line (`DATA`).
package struct DatasetLocation: Sendable, CustomStringConvertible {
  /// The argument as written.
  package let description: String
  /// The kind of data.
  package let kind: DatasetKind

  /// The location written in `argument`.
  /// - Throws: `EspalierError` that lists the supported forms, if the argument has none of them.
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

  /// Opens the data for `purpose`.
  package func open(for purpose: DatasetPurpose) throws(EspalierError) -> any Dataset {
    try kind.open(description, purpose)
  }

  /// Opens the data for no known network. `split` selects the part of data that has both; `tokenizer` is the folder of
  /// the tokenizer for text that does not specify one.
  package func open(split: Split = .train, tokenizer: String? = nil) throws(EspalierError) -> any Dataset {
    try open(for: DatasetPurpose(split: split, tokenizer: tokenizer))
  }
}

/// A path, or two separated by a comma: samples and labels.
struct PathPair {
  var samples: String
  var labels: String?

  init(_ argument: String) {
    let parts = argument.split(separator: ",", maxSplits: 1).map(String.init)
    samples = parts.first ?? ""
    labels = parts.count == 2 ? parts[1] : nil
  }
}
