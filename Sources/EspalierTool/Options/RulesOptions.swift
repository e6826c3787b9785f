import ArgumentParser
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierReports

/// What a user says of operators that are not known here.
struct RulesOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A JSON file that says what unknown operators do to axes, such as {"com.acme::Act": "elementwise"}: groups then \
      pass through them.
      """, valueName: "file"))
  var rules: String?

  /// The file, as an input.
  var input: PlannedInput? { .file(rules, "--rules") }

  /// Reads `model` by the rules: whole (``ModelFile/read(_:)``), or what is known of it
  /// (``ModelFile/readWhatIsKnown(_:)``).
  func read(_ model: ModelFile, whole: Bool = false) throws(EspalierError) -> Model {
    let rules = try rules.map { (path) throws(EspalierError) in try OperatorRules(readingFrom: path) }
    let read = try whole ? model.read(rules) : model.readWhatIsKnown(rules)
    if let sentence = read.graph.standInSentence { StandardError.warn(sentence) }
    return read
  }
}
