import EspalierGraph
import EspalierPruning
import EspalierTensors

/// Networks made for tests, their numbers drawn from a seed.
struct SmallNetworks {
  var generator: SeededGenerator

  init(seed: UInt64 = 1) {
    generator = SeededGenerator(seed: seed)
  }

  mutating func tensor(_ shape: Shape) -> Tensor {
    Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float(generator.normal()) })
  }

  /// Dense layers of these widths with rectifiers between them.
  mutating func multilayerPerceptron(_ widths: [Int]) -> Graph {
    var graph = Graph(inputs: [ValueInfo("input", .float32, [.symbolic("batch"), .fixed(widths[0])])])
    var value = "input"
    for layer in 1..<widths.count {
      graph.constants["fc\(layer).weight"] = tensor([widths[layer], widths[layer - 1]])
      graph.constants["fc\(layer).bias"] = tensor([widths[layer]])
      graph.nodes.append(
        Node(
          "Gemm", name: "fc\(layer)", [value, "fc\(layer).weight", "fc\(layer).bias"], ["z\(layer)"],
          ["transB": .int(1)]))
      value = "z\(layer)"
      if layer < widths.count - 1 {
        graph.nodes.append(Node("Relu", name: "relu\(layer)", [value], ["h\(layer)"]))
        value = "h\(layer)"
      }
    }
    graph.outputs = [ValueInfo(value, .float32, [.symbolic("batch"), .fixed(widths.last!)])]
    return graph
  }

  /// A transformer's feed-forward part on three axes: MatMul and Add apart, as exporters write it.
  mutating func matMulWithSeparateBias(width: Int, hidden: Int) -> Graph {
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("batch"), .symbolic("length"), .fixed(width)])])
    graph.constants = [
      "up.weight": tensor([width, hidden]), "up.bias": tensor([hidden]), "down.weight": tensor([hidden, width]),
      "down.bias": tensor([width]),
    ]
    graph.nodes = [
      Node("MatMul", name: "up", ["input", "up.weight"], ["a"]), Node("Add", ["up.bias", "a"], ["b"]),
      Node("Relu", ["b"], ["h"]), Node("MatMul", name: "down", ["h", "down.weight"], ["c"]),
      Node("Add", ["c", "down.bias"], ["output"]),
    ]
    graph.outputs = [ValueInfo("output", .float32, [.symbolic("batch"), .symbolic("length"), .fixed(width)])]
    return graph
  }

  /// A hidden layer whose units are blocks of three neighbours: they are reshaped to units x 3 and back on the way.
  mutating func blocks(units: Int) -> Graph {
    var graph = Graph(inputs: [ValueInfo("input", .float32, [.symbolic("batch"), .fixed(5)])])
    graph.constants = [
      "fc1.weight": tensor([units * 3, 5]), "fc1.bias": tensor([units * 3]), "scale": tensor([3]),
      "fc2.weight": tensor([4, units * 3]), "fc2.bias": tensor([4]),
      "split": Tensor(shape: [3], [0, -1, 3] as [Int64]),
    ]
    graph.nodes = [
      Node("Gemm", name: "fc1", ["input", "fc1.weight", "fc1.bias"], ["z"], ["transB": .int(1)]),
      Node("Relu", ["z"], ["h"]), Node("Reshape", ["h", "split"], ["r"]), Node("Mul", ["r", "scale"], ["s"]),
      Node("Flatten", ["s"], ["f"]),
      Node("Gemm", name: "fc2", ["f", "fc2.weight", "fc2.bias"], ["output"], ["transB": .int(1)]),
    ]
    graph.outputs = [ValueInfo("output", .float32, [.symbolic("batch"), .fixed(4)])]
    return graph
  }

  /// Two dense layers whose outputs are added: their units are coupled.
  mutating func residual(width: Int) -> Graph {
    var graph = Graph(inputs: [ValueInfo("input", .float32, [.symbolic("batch"), .fixed(4)])])
    graph.constants = [
      "stem.weight": tensor([width, 4]), "inner.weight": tensor([6, width]), "outer.weight": tensor([width, 6]),
      "head.weight": tensor([3, width]),
    ]
    func dense(_ name: String, _ input: String, _ output: String) -> Node {
      Node("Gemm", name: name, [input, "\(name).weight"], [output], ["transB": .int(1)])
    }
    graph.nodes = [
      dense("stem", "input", "a"), Node("Relu", ["a"], ["ha"]), dense("inner", "ha", "b"), Node("Relu", ["b"], ["hb"]),
      dense("outer", "hb", "c"), Node("Add", ["ha", "c"], ["sum"]), Node("Relu", ["sum"], ["hs"]),
      dense("head", "hs", "output"),
    ]
    graph.outputs = [ValueInfo("output", .float32, [.symbolic("batch"), .fixed(3)])]
    return graph
  }

  /// Two dense layers side by side, concatenated, and flattened with the batch's size read off a shape, as PyTorch's
  /// exporter writes it.
  mutating func branches(_ first: Int, _ second: Int) -> Graph {
    var graph = Graph(inputs: [ValueInfo("input", .float32, [.symbolic("batch"), .fixed(5)])])
    graph.constants = [
      "left.weight": tensor([first, 5]), "left.bias": tensor([first]), "right.weight": tensor([second, 5]),
      "slope": tensor([second]), "six": Tensor(scalar: Float(6)), "zero": Tensor(scalar: Float(0)),
      "first": Tensor(scalar: Int64(0)), "axis": Tensor(shape: [1], [Int64(0)]), "last": Tensor(shape: [1], [Int64(2)]),
      "open": Tensor(shape: [1], [Int64(-1)]), "head.weight": tensor([3, first + second]),
    ]
    graph.nodes = [
      Node("Gemm", name: "left", ["input", "left.weight", "left.bias"], ["a"], ["transB": .int(1)]),
      Node("Clip", ["a", "zero", "six"], ["ha"]),
      Node("Gemm", name: "right", ["input", "right.weight"], ["b"], ["transB": .int(1)]),
      Node("PRelu", ["b", "slope"], ["hb"]),
      Node("Concat", ["ha", "hb"], ["both"], ["axis": .int(-1)]), Node("Unsqueeze", ["both", "last"], ["column"]),
      Node("Shape", ["column"], ["shape"]), Node("Gather", ["shape", "first"], ["count"]),
      Node("Unsqueeze", ["count", "axis"], ["row"]), Node("Concat", ["row", "open"], ["sizes"], ["axis": .int(0)]),
      Node("Reshape", ["column", "sizes"], ["flat"]),
      Node("Gemm", name: "head", ["flat", "head.weight"], ["output"], ["transB": .int(1)]),
    ]
    graph.outputs = [ValueInfo("output", .float32, [.symbolic("batch"), .fixed(3)])]
    return graph
  }

  /// Calibration inputs for a network whose input is called `input`.
  mutating func calibration(_ shape: Shape) -> InMemoryCalibration {
    InMemoryCalibration(["input": tensor(shape)])
  }
}
