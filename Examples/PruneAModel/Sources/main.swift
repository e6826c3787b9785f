import Espalier

// Usage: PruneAModel MODEL.onnx SAMPLES SMALL.onnx
let arguments = CommandLine.arguments
let network = try Network(contentsOf: arguments[1])
let samples = try Samples(arguments[2], for: network)

let pruned = try network.pruned(keeping: 0.5, on: samples)
try pruned.network.write(to: arguments[3])

let (before, after) = (try network.inspect(), try pruned.network.inspect())
print("parameters: \(before.parameters) before, \(after.parameters) after")
if let agreement = pruned.fidelity?.agreement {
  print("same first class on samples that were held out: \(agreement)")
}
