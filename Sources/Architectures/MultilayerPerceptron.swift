import EspalierGraph

/// A feed-forward network: dense layers with rectifiers between them.
package struct MultilayerPerceptron: InitializedNetwork, Hashable, Sendable {
  /// The width of the input, of each hidden layer, and of the output.
  package let widths: [Int]

  /// A network of these widths: at least an input and an output, all positive.
  package init?(widths: [Int]) {
    guard widths.count >= 2, widths.allSatisfy({ $0 > 0 }) else { return nil }
    self.widths = widths
  }

  package var name: String { "mlp-" + widths.map(String.init).joined(separator: "-") }

  /// The network with initial weights drawn from `seed`; the layers are `fc1`, `fc2`, ...
  package func model(seed: UInt64) -> Model { initialized(seed: seed) }

  package func build(_ builder: inout NetworkBuilder) {
    var value = builder.input("input", [widths[0]])
    for layer in 1..<widths.count {
      let isLast = layer == widths.count - 1
      value = builder.dense(
        value, widths[layer - 1], widths[layer], name: "fc\(layer)", output: isLast ? "output" : nil)
      if !isLast { value = builder.relu(value, name: "relu\(layer)") }
    }
    builder.output(value, [widths[widths.count - 1]])
  }
}
