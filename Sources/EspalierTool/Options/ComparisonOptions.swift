import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning

/// The methods, sizes and labelled data of a comparison.
struct ComparisonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Methods, or all: \(Self.names.joined(separator: ", ")) (default: \(Self.usual.joined(separator: ", "))).
      """, valueName: "METHOD,..."))
  var methods: String?
  @Option(help: ArgumentHelp("Fractions of the units of each group to keep.", valueName: "FRACTION,..."))
  var sizes = SizesArgument(fractions: [0.75, 0.5, 0.25])
  @Option(
    help: ArgumentHelp(
      "Labelled data to measure accuracy on, its test part where it has one.", valueName: "[INPUT=]DATA"))
  var evaluate: [DataArgument] = []
  @Option(help: "Measure accuracy on so many samples only.") var evaluationSamples: Int?

  /// All methods that choose by themselves.
  private static var names: [String] {
    SelectionMethods.all.map(\.identifier).filter { $0 != Automatic.identifier }
  }

  /// The methods compared if none are named: one of each kind.
  private static let usual = [
    BackwardElimination.identifier, Swapping<BackwardElimination>.identifier, OrthogonalMatchingPursuit.identifier,
    ISpaSP.identifier, ISpaSPLeastSquares.identifier, GreedyForwardSelection.identifier, OutputFisher.identifier,
    Wanda.identifier, ActivationMean.identifier, GeometricMedian.identifier, Magnitude.L1.identifier,
    Magnitude.L2.identifier, RandomSelection.identifier,
  ]

  /// The names given, each once.
  private var chosenNames: [String] {
    guard let methods else { return Self.usual }
    if methods == "all" { return Self.names }
    var names: [String] = []
    for name in methods.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    where !names.contains(name) { names.append(name) }
    return names
  }

  func validate() throws {
    if let stranger = chosenNames.first(where: { SelectionMethods.named($0) == nil }) {
      throw ValidationError(
        "there is no method \"\(stranger)\"; the methods are " + Self.names.joined(separator: ", ") + ", or all")
    }
    guard Count.allows(evaluationSamples) else { throw ValidationError("--evaluation-samples takes \(Count.words)") }
  }

  /// The methods to compare.
  func chosenMethods(ridge: Ridge, seed: UInt64) -> [any SelectionMethod] {
    chosenNames.compactMap { SelectionMethods.named($0, ridge: ridge, seed: seed) }
  }

  /// The labelled data, if given.
  func labelledData(for model: Model, in file: ModelFile) throws(EspalierError) -> (any Dataset)? {
    guard !evaluate.isEmpty else { return nil }
    let data = try evaluate.open(.test, "--evaluate", for: model, in: file)
    return evaluationSamples.map(data.representatives) ?? data
  }
}
