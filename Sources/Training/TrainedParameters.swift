import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

/// Which of a network's parameters training changes; the others are held, and nothing is differentiated for them.
package enum TrainedParameters: Hashable, Sendable {
  /// Every one.
  case all
  /// Those whose name, or the name of a node that reads them, contains one of these texts: `classifier` for the head of
  /// a classifier whose encoder is held.
  case named([String])

  /// The names of those among the float32 parameters of `network`.
  ///
  /// - Throws: `EspalierError` for a text that no parameter's name and no reader's contains.
  func among(_ network: Graph) throws(EspalierError) -> [String] {
    let parameters = network.parameters.filter { network.constants[$0]?.elementType == .float32 }
    guard case .named(let texts) = self else { return parameters }
    let readers = network.consumers()
    func names(_ parameter: String) -> [String] {
      [parameter] + readers[parameter, default: []].map { network.nodes[$0].label }
    }
    let known = parameters.map { (parameter: $0, names: names($0)) }
    for text in texts where !known.contains(where: { $0.names.contains { $0.contains(text) } }) {
      throw EspalierError(
        .model, "the network", "has no parameters whose name, or their layer's, contains \"\(text)\"",
        remedy: "inspect prints the names of its layers")
    }
    return known.filter { entry in texts.contains { text in entry.names.contains { $0.contains(text) } } }.map(
      \.parameter)
  }
}
