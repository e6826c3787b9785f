import Graph
import OrderedCollections
import Tensors

/// Builds a graph layer by layer: each call adds nodes and parameters and returns the name of the value it makes.
struct GraphBuilder {
  private(set) var graph: Graph
  private var generator: SeededGenerator

  /// A graph called `name`, its initial weights drawn from `seed`.
  init(name: String, seed: UInt64) {
    graph = Graph(name: name, opsets: ["": 17])
    generator = SeededGenerator(seed: seed)
  }

  /// Declares an input with a free batch axis in front.
  mutating func input(_ name: String, _ sizes: [Int]) -> String {
    graph.inputs.append(ValueInfo(name, .float32, [.symbolic("batch")] + sizes.map { .fixed($0) }))
    return name
  }

  /// Declares `value` as an output with a free batch axis in front.
  mutating func output(_ value: String, _ sizes: [Int]) {
    graph.outputs.append(ValueInfo(value, .float32, [.symbolic("batch")] + sizes.map { .fixed($0) }))
  }

  /// A dense layer `Y = X W^T + b`, W outputs x inputs.
  ///
  /// W is uniform in +-sqrt(6 / inputs), the bias zero: K. He et al., "Delving deep into rectifiers" (ICCV 2015), eq. 10.
  mutating func dense(_ input: String, _ inputs: Int, _ outputs: Int, name: String, output: String? = nil) -> String {
    let bound = (6 / Double(inputs)).squareRoot()
    let weights = (0..<outputs * inputs).map { _ in Float((2 * generator.uniform() - 1) * bound) }
    graph.constants["\(name).weight"] = Tensor(shape: [outputs, inputs], weights)
    graph.constants["\(name).bias"] = Tensor(repeating: Float(0), shape: [outputs])
    let value = output ?? "\(name).output"
    graph.nodes.append(
      Node("Gemm", name: name, [input, "\(name).weight", "\(name).bias"], [value], ["transB": .int(1)]))
    return value
  }

  /// The rectifier.
  mutating func relu(_ input: String, name: String) -> String {
    graph.nodes.append(Node("Relu", name: name, [input], ["\(name).output"]))
    return "\(name).output"
  }
}
