import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

/// The parameters that training changes; the others are frozen, and no gradients are computed for them.
package enum TrainedParameters: Hashable, Sendable {
  /// All parameters.
  case all
  /// The parameters whose name, or the name of a node that reads them, contains one of these texts: `classifier` for
  /// the head of a classifier with a frozen encoder.
  case named([String])
  /// The parameters with exactly these names, as far as the network has them.
  case exactly(Set<String>)

  /// The names of these parameters among the float32 parameters of `network`.
  ///
  /// - Throws: `EspalierError` for a text that matches no parameter and no node that reads one.
  func among(_ network: Graph) throws(EspalierError) -> [String] {
    let parameters = network.parameters.filter { network.constants[$0]?.elementType == .float32 }
    if case .exactly(let names) = self { return parameters.filter(names.contains) }
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
