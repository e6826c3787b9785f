import Espalier

/// Keeps the units that contribute most to the next layer's output on their own: the largest `|| W_i H_i ||^2`.
struct LargestContribution: SelectionMethod {
  static let name = "largest-contribution"

  func select(_ count: Int, of units: Units) -> [Int] {
    units.largest(count, by: units.interactions.indices.map { units.interactions[$0][$0] })
  }
}

// Usage: OwnSelectionMethod MODEL.onnx SAMPLES
let network = try Network(contentsOf: CommandLine.arguments[1])
let samples = try Samples(CommandLine.arguments[2], for: network)

for method in [PruningMethod.adding(LargestContribution()), .ispasp(), .automatic] {
  var options = PruningOptions()
  options.method = method
  let pruned = try network.pruned(keeping: 0.5, on: samples, options: options)
  let errors = try pruned.network.fidelity(to: network, on: samples).relativeErrors
  print("\(method.name): relative error \(errors.values.max() ?? 0)")
}
