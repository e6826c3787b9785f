import EspalierEngine
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport

/// A random network of element-wise operators, products and views over matrices of one size, with parameters.
func randomNetwork(seed: UInt64, size: Int = 5) -> (graph: Graph, inputs: [String: Tensor]) {
  var generator = SeededGenerator(seed: seed)
  let shape: Shape = [size, size]
  var graph = Graph(opsets: ["": 17, "espalier": 1])
  var inputs: [String: Tensor] = [:]
  for name in ["a", "b"] {
    graph.inputs.append(ValueInfo(name))
    inputs[name] = .random(shape, &generator)
  }
  graph.constants["w"] = .random(shape, &generator)
  graph.constants["bias"] = .random([size], &generator)
  graph.constants["flat"] = Tensor(shape: [1], [-1] as [Int64])
  graph.constants["square"] = Tensor(shape: [2], [Int64(size), -1])
  // Matrices that there are so far, and vectors of all their elements.
  var (matrices, vectors) = (["a", "b", "w"], [String]())
  func any(_ values: [String]) -> String { values[generator.index(below: values.count)] }
  for number in 0..<(5 + generator.index(below: 20)) {
    let name = "v\(number)"
    switch generator.index(below: 9) {
    case 0: graph.nodes.append(Node(Tanh.name, [any(matrices)], [name]))
    case 1: graph.nodes.append(Node(Sigmoid.name, [any(matrices)], [name]))
    case 2: graph.nodes.append(Node(Add.name, [any(matrices), any(matrices + ["bias"])], [name]))
    case 3: graph.nodes.append(Node(Multiply.name, [any(matrices), any(matrices)], [name]))
    case 4:
      // Kept small: products of products would overflow.
      graph.nodes.append(Node(MatMul.name, [any(matrices), any(matrices)], ["\(name) raw"]))
      graph.nodes.append(Node(Tanh.name, ["\(name) raw"], [name]))
    case 5: graph.nodes.append(Node(Transpose.name, [any(matrices)], [name]))
    case 6: graph.nodes.append(Node(Gemm.name, [any(matrices), any(matrices), "bias"], [name], ["transB": .int(1)]))
    case 7 where !vectors.isEmpty: graph.nodes.append(Node(Reshape.name, [any(vectors), "square"], [name]))
    default:
      graph.nodes.append(Node(Reshape.name, [any(matrices), "flat"], [name]))
      vectors.append(name)
      continue
    }
    matrices.append(name)
  }
  let made = matrices.dropFirst(3) + vectors
  graph.outputs = [ValueInfo(made.last ?? "a")]
  return (graph, inputs)
}

/// Computes every value of a graph by the plain kernels, each in fresh memory.
func interpret(_ graph: Graph, _ inputs: [String: Tensor]) throws -> [String: Tensor] {
  let inference = try TypeInference(graph, feeds: inputs.mapValues { TensorType(of: $0) })
  var values = inputs
  for (name, tensor) in graph.constants { values[name] = tensor }
  for typed in inference.nodes {
    let kernel = try ReferenceBackend.kernel(typed)
    let results = kernel.evaluate(
      typed.node.inputs.map { $0.isEmpty ? nil : values[$0]! }, giving: typed.outputs)
    for (name, tensor) in zip(typed.node.outputs, results) where !name.isEmpty { values[name] = tensor }
  }
  return values
}
