import EspalierFiles

/// The files of corpora distributed as folders.
package enum CorpusFiles {
  /// The names of training files, relative to the folder.
  private static let training = [
    "multinli/multinli.train.en.tsv", "XNLI-MT-1.0/multinli/multinli.train.en.tsv", "multinli.train.en.tsv",
    "multinli_1.0_train.txt", "multinli_1.0_train.jsonl", "snli_1.0_train.txt", "snli_1.0_train.jsonl", "train.tsv",
    "train.jsonl",
  ]

  /// The names of test files.
  private static let testing = [
    "xnli.test.tsv", "XNLI-1.0/xnli.test.tsv", "xnli.dev.tsv", "XNLI-1.0/xnli.dev.tsv", "multinli_1.0_dev_matched.txt",
    "multinli_1.0_dev_matched.jsonl", "snli_1.0_test.txt", "snli_1.0_test.jsonl", "snli_1.0_dev.txt", "test.tsv",
    "dev.tsv", "test.jsonl", "dev.jsonl",
  ]

  /// The training or test file in `folder`; `nil` if there is none of a known name.
  package static func file(in folder: String, toTrain isTraining: Bool) -> String? {
    (isTraining ? training : testing).map { "\(folder)/\($0)" }.first(where: FileContents.exists)
  }

  /// Whether `folder` holds a file of a corpus.
  package static func areIn(_ folder: String) -> Bool {
    file(in: folder, toTrain: true) != nil || file(in: folder, toTrain: false) != nil
  }
}
