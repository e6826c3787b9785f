import ArgumentParser
import EspalierFiles
import EspalierReports
import EspalierText
import EspalierWorkflows

/// `espalier tokenize`.
struct Tokenize: ResourceCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the tokens that a network like BERT reads of each line of a text.",
    discussion: """
      One line of JSON for each line of text: identifiers, pieces, and which of two sentences each belongs to.

      EXAMPLE:
        espalier tokenize sentences.txt --tokenizer minilm
      """)

  @Argument(help: "The text, one sentence a line.") var file: String
  @Option(help: "The folder of the tokenizer's files, or a vocab.txt.") var tokenizer: String
  @Flag(help: "Lines are pairs of sentences with a tab between them.") var pairs = false
  @Option(help: "The most tokens of a line.") var maxLength: Int?
  @OptionGroup var resources: ResourceOptions

  func validate() throws {
    guard maxLength ?? 8 >= 3 else { throw ValidationError("--max-length takes a number from 3 on") }
  }

  func run() throws {
    let tokenizer = try BertTokenizer(tokenizer)
    for (number, line) in try TextLines(file).numbered where StandardOutput.hasReader {
      var parts = [line]
      if pairs {
        parts = line.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2 else {
          throw EspalierError(
            .data, "\(file), line \(number)",
            "has \(parts.count) sentences, and --pairs takes two with a tab between them")
        }
      }
      let encoding = tokenizer.encode(parts[0], parts.count == 2 ? parts[1] : nil, limit: maxLength ?? .max)
      let pieces = encoding.ids.map { tokenizer.vocabulary.pieces[$0] }
      try StandardOutput.print(JSONReport.line(TokenizeJSON(tokens: pieces, ids: encoding.ids, types: encoding.types)))
    }
  }
}
