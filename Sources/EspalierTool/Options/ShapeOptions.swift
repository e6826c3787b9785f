import ArgumentParser
import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The shapes of inputs, for files that leave sizes open.
struct ShapeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The shape of an input, such as image=1x3x48x192, where the file leaves sizes open; once for each input.
      """, valueName: "[INPUT=]SIZES"))
  var shape: [String] = []

  /// The shapes by the inputs' names.
  ///
  /// - Throws: `EspalierError` if one is no shape, or of no input.
  func shapes(of graph: Graph, in file: ModelFile) throws(EspalierError) -> [String: Shape] {
    let names = graph.feeds.map(\.name)
    var shapes: [String: Shape] = [:]
    for (name, text) in try NamedValue.assign(shape, to: names, kind: "input", of: file.path) {
      let sizes = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard sizes.allSatisfy({ $0 ?? 0 > 0 }), let shape = Shape(checking: sizes.compactMap(\.self)) else {
        throw EspalierError(
          .argument, "--shape \(text)", "is no shape",
          remedy: "write sizes with x between them, as in \(name)=1x3x224x224")
      }
      shapes[name] = shape
    }
    return shapes
  }
}
