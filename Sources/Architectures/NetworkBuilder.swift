import EspalierGraph
import EspalierTensors
import OrderedCollections

/// Builds a network layer by layer: each call adds nodes and parameters and returns the name of its result.
package struct NetworkBuilder {
  private var builder: GraphBuilder
  /// The number of initial weights requested so far: a `Double`, because a product of sizes may overflow an `Int`.
  private(set) var weightCount = 0.0
  private var generator: SeededGenerator
  private let makesWeights: Bool

  /// A graph called `name` with initial weights drawn from `seed`; if `seed` is `nil`, weights are only counted.
  init(name: String, seed: UInt64?) {
    builder = GraphBuilder(Graph(name: name, opsets: ["": 17]))
    generator = SeededGenerator(seed: seed ?? 0)
    makesWeights = seed != nil
  }

  /// The network built so far.
  var graph: Graph { builder.graph }

  /// Declares an input with a leading batch axis of any size.
  mutating func input(_ name: String, _ sizes: [Int]) -> String {
    builder.declareInput(ValueInfo(name, .float32, [.symbolic("batch")] + sizes.map { .fixed($0) }))
  }

  /// Declares `value` as an output with a leading batch axis of any size.
  mutating func output(_ value: String, _ sizes: [Int]) {
    builder.declareOutput(ValueInfo(value, .float32, [.symbolic("batch")] + sizes.map { .fixed($0) }))
  }

  /// Stores `tensor` and returns its name.
  mutating func constant(_ name: String, _ tensor: Tensor) -> String { builder.store(tensor, as: name) }

  /// Numbers from the normal distribution of mean 0 and this standard deviation.
  mutating func normal(_ deviation: Double, _ shape: Shape) -> Tensor {
    weights(shape) { Float($0.normal() * deviation) }
  }

  /// Numbers uniform in -bound ... bound.
  mutating func uniform(_ bound: Double, _ shape: Shape) -> Tensor {
    weights(shape) { Float((2 * $0.uniform() - 1) * bound) }
  }

  /// Zeros.
  mutating func zeros(_ shape: Shape) -> Tensor { weights(shape) { _ in 0 } }

  private mutating func weights(_ shape: Shape, _ next: (inout SeededGenerator) -> Float) -> Tensor {
    weightCount += shape.reduce(1) { $0 * Double($1) }
    guard makesWeights else { return Tensor(shape: [0], [Float]()) }
    return Tensor(shape: shape, (0..<shape.elementCount).map { _ in next(&generator) })
  }

  /// Adds a node with one output, called `name.output` unless `output` names it.
  mutating func add(
    _ op: OperatorName, name: String, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:],
    output: String? = nil
  ) -> String {
    builder.add(op, name: name, inputs, attributes, output: output ?? "\(name).output")
  }

  /// A dense layer `Y = X W^T + b`, with W outputs x inputs.
  ///
  /// W is uniform in +-sqrt(6 / inputs), the bias zero: K. He et al., "Delving deep into rectifiers" (ICCV 2015), eq.
  /// 10.
  mutating func dense(_ input: String, _ inputs: Int, _ outputs: Int, name: String, output: String? = nil) -> String {
    let weight = constant("\(name).weight", uniform((6 / Double(inputs)).squareRoot(), [outputs, inputs]))
    let bias = constant("\(name).bias", zeros([outputs]))
    return add("Gemm", name: name, [input, weight, bias], ["transB": .int(1)], output: output)
  }

  /// The rectifier, `max(x, 0)`.
  mutating func relu(_ input: String, name: String) -> String {
    add("Relu", name: name, [input])
  }
}
