import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import Testing

/// Constants that operators read as weights are parameters; those that are settings are not.
@Suite struct ParameterTests {
  private func graph(_ nodes: [Node], _ constants: [String: Shape]) -> Graph {
    var graph = Graph(nodes: nodes, inputs: [ValueInfo("x")], outputs: [ValueInfo("y")])
    for (name, shape) in constants.sorted(by: { $0.key < $1.key }) {
      graph.constants[name] = Tensor(repeating: Float(1), shape: shape)
    }
    return graph
  }

  @Test func statisticsAndBoundsAreNone() {
    let graph = graph(
      [
        Node(Conv.name, ["x", "w", "b"], ["c"]),
        Node(BatchNormalization.name, ["c", "scale", "shift", "mean", "variance"], ["n"]),
        Node(Clip.name, ["n", "low", "high"], ["r"]), Node(PRelu.name, ["r", "slope"], ["y"]),
      ],
      [
        "w": [2, 3, 1, 1], "b": [2], "scale": [2], "shift": [2], "mean": [2], "variance": [2], "low": [], "high": [],
        "slope": [1],
      ])
    #expect(graph.parameters == ["b", "scale", "shift", "slope", "w"])
  }

  @Test func addendsAndFactorsBehindWeightsAreParameters() {
    let graph = graph(
      [
        // Normalisation of the data, a product with its bias and scale, a hard swish written out.
        Node(Subtract.name, ["x", "data mean"], ["s"]), Node(Multiply.name, ["s", "data factor"], ["d"]),
        Node(Add.name, ["d", "data shift"], ["e"]), Node(MatMul.name, ["e", "w"], ["m"]),
        Node(Add.name, ["b", "m"], ["a"]), Node(Multiply.name, ["a", "scale"], ["f"]),
        Node(Add.name, ["f", "three"], ["g"]), Node(Divide.name, ["g", "six"], ["h"]),
        Node(Multiply.name, ["h", "a"], ["y"]),
      ],
      [
        "data mean": [3], "data factor": [3], "data shift": [3], "w": [3, 4], "b": [4], "scale": [4], "three": [],
        "six": [1],
      ])
    #expect(graph.parameters == ["b", "scale", "w"])
  }

  @Test func parametersMayBePassedOn() {
    var graph = graph(
      [
        Node(Transpose.name, ["w"], ["t"]), Node(Identity.name, ["t"], ["i"]),
        Node(Reshape.name, ["b", "shape"], ["v"]),
        Node(Identity.name, ["m"], ["mean"]),
        Node(Gemm.name, ["x", "i", "v"], ["g"]),
        Node(BatchNormalization.name, ["g", "scale", "v", "mean", "mean"], ["y"]),
      ], ["w": [2, 3], "b": [1, 2], "m": [2], "scale": [2], "unread": [2]])
    graph.constants["shape"] = Tensor(shape: [1], [2 as Int64])
    #expect(graph.parameters == ["b", "scale", "w"])
  }

  @Test func tablesAreParametersAndIndicesNone() {
    var graph = graph([Node(Gather.name, ["table", "x"], ["y"])], ["table": [5, 3]])
    graph.constants["axis"] = Tensor(shape: [1], [2 as Int64])
    #expect(graph.parameters == ["table"])
  }
}
