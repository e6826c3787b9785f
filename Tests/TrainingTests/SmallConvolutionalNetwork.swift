import EspalierDatasets
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A convolutional network with a residual block.
///
/// A convolution, normalisation and rectifier; a residual block of two normalised convolutions, of which the inner one
/// has `width` channels; the mean over positions, and a dense layer.
func smallConvolutionalNetwork(width: Int = 6, seed: UInt64 = 3) -> Graph {
  var generator = SeededGenerator(seed: seed)
  var graph = Graph(
    inputs: [ValueInfo("x", .float32, [.symbolic("n"), .fixed(1), .fixed(6), .fixed(6)])], outputs: [ValueInfo("y")])
  func normal(_ shape: Shape, _ deviation: Double) -> Tensor {
    Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float(generator.normal() * deviation) })
  }
  func convolution(_ input: String, _ inputs: Int, _ outputs: Int, _ name: String) -> String {
    graph.constants["\(name).w"] = normal([outputs, inputs, 3, 3], (2 / Double(inputs * 9)).squareRoot())
    graph.constants["\(name).scale"] = Tensor(repeating: Float(1), shape: [outputs])
    graph.constants["\(name).shift"] = Tensor(repeating: Float(0), shape: [outputs])
    graph.constants["\(name).mean"] = Tensor(repeating: Float(0), shape: [outputs])
    graph.constants["\(name).variance"] = Tensor(repeating: Float(1), shape: [outputs])
    graph.nodes.append(
      Node(Conv.name, name: name, [input, "\(name).w"], ["\(name).c"], ["pads": .ints([1, 1, 1, 1])]))
    let stored = ["scale", "shift", "mean", "variance"].map { "\(name).\($0)" }
    graph.nodes.append(Node(BatchNormalization.name, name: "\(name).bn", ["\(name).c"] + stored, ["\(name).n"]))
    return "\(name).n"
  }
  func relu(_ input: String, _ output: String) -> String {
    graph.nodes.append(Node(Relu.name, [input], [output]))
    return output
  }
  let stem = relu(convolution("x", 1, 4, "stem"), "stem.r")
  let inner = relu(convolution(stem, 4, width, "inner"), "inner.r")
  let outer = convolution(inner, width, 4, "outer")
  graph.nodes.append(Node(Add.name, [outer, stem], ["sum"]))
  graph.nodes.append(Node(GlobalAveragePool.name, [relu("sum", "block")], ["pooled"]))
  graph.nodes.append(Node(Flatten.name, ["pooled"], ["flat"]))
  graph.constants["fc.w"] = normal([4, 2], 0.5)
  graph.constants["fc.b"] = Tensor(repeating: Float(0), shape: [2])
  graph.nodes.append(Node(Gemm.name, name: "fc", ["flat", "fc.w", "fc.b"], ["y"]))
  return graph
}

/// Images of 6 x 6 with stripes along one axis or the other and some noise.
///
/// Their levels are far from zero and of large variance, so that normalisations have something to do.
func stripes(_ count: Int, seed: UInt64 = 9) throws -> InMemoryDataset {
  var generator = SeededGenerator(seed: seed)
  var pixels: [Float] = []
  let labels = (0..<count).map { $0 % 2 }
  for label in labels {
    let phase = Int(generator.next() & 1)
    for row in 0..<6 {
      for column in 0..<6 {
        let stripe = ((label == 0 ? row : column) + phase) % 2
        pixels.append(Float(5 + 3 * Double(stripe) + generator.normal()))
      }
    }
  }
  return try InMemoryDataset(name: "stripes", inputs: Tensor(shape: [count, 1, 6, 6], pixels), labels: labels)
}

extension Graph {
  /// The names of its running statistics.
  var statisticNames: [String] {
    nodes.filter { $0.op == BatchNormalization.name }.flatMap { $0.inputs.suffix(2) }
  }
}
