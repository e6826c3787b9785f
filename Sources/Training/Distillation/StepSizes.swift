import EspalierGraph
import EspalierTensors

/// The step sizes that are tried where none is given: fractions of the root mean square of the weights, because Adam's
/// steps do not depend on the size of gradients. For the usual weights of about 0.05 they are about 3e-3, 1e-3, 3e-4
/// and 1e-4.
struct StepSizes {
  /// The fractions, the most usual first: where time is short, the others are not tried.
  static let fractions = [0.02, 0.006, 0.06, 0.002]

  /// The step sizes, in the order in which they are tried.
  let candidates: [Double]

  /// The step sizes for the parameters `names` of `network`.
  init(_ names: [String], of network: Graph) {
    var (squares, count) = (0.0, 0)
    for name in names {
      guard let tensor = network.constants[name], tensor.shape.rank > 1 else { continue }
      tensor.withElements(as: Float.self) { for element in $0 { squares += Double(element * element) } }
      count += tensor.count
    }
    // Vectors alone (scales of normalisations) are about 1, and take small steps all the same.
    let size = count > 0 ? (squares / Double(count)).squareRoot() : 0.05
    candidates = Self.fractions.map { $0 * min(max(size, 0.005), 0.5) }
  }
}
