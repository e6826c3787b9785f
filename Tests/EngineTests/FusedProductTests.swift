import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

/// Compares products fused with their bias and the nodes behind them with the plain kernels, one by one.
@Suite struct FusedProductTests {
  struct Chain: Sendable, CustomStringConvertible {
    let description: String
    let nodes: [Node]
    var results = ["y"]
    /// The values that fusion removes.
    let gone: Set<String>
  }

  private static let product = Node(MatMul.name, ["x", "w"], ["p"])
  private static let sum = Node(Add.name, ["p", "bias"], ["s"])
  private static func gemm(_ attributes: OrderedDictionary<String, Attribute> = [:]) -> Node {
    Node(Gemm.name, ["flat", "w", "bias"], ["p"], attributes)
  }
  private static let flat = Node(Flatten.name, ["x"], ["flat"], ["axis": .int(2)])

  static let chains: [Chain] = [
    Chain(description: "bias", nodes: [product, Node(Add.name, ["bias", "p"], ["y"])], gone: ["p"]),
    Chain(description: "bias and gelu", nodes: [product, sum, Node(Gelu.name, ["s"], ["y"])], gone: ["p", "s"]),
    Chain(
      description: "bias and approximate gelu",
      nodes: [product, sum, Node(Gelu.name, ["s"], ["y"], ["approximate": .string("tanh")])], gone: ["p", "s"]),
    Chain(description: "tanh alone", nodes: [product, Node(Tanh.name, ["p"], ["y"])], gone: ["p"]),
    Chain(
      description: "one function, and another",
      nodes: [product, Node(Relu.name, ["p"], ["r"]), Node(Tanh.name, ["r"], ["y"])],
      gone: ["p"]),
    Chain(
      description: "nothing is added behind a function",
      nodes: [product, Node(Relu.name, ["p"], ["r"]), Node(Add.name, ["r", "bias"], ["y"])], gone: ["p"]),
    Chain(
      description: "asked for", nodes: [product, sum, Node(Gelu.name, ["s"], ["y"])], results: ["y", "s"], gone: ["p"]),
    Chain(
      description: "read twice",
      nodes: [product, sum, Node(Relu.name, ["s"], ["r"]), Node(Add.name, ["r", "s"], ["y"])],
      gone: ["p"]),
    Chain(description: "added to itself", nodes: [product, Node(Add.name, ["p", "p"], ["y"])], gone: []),
    Chain(description: "a number of each row", nodes: [product, Node(Add.name, ["p", "rows"], ["y"])], gone: []),
    Chain(description: "a number that broadens", nodes: [product, Node(Add.name, ["p", "wide"], ["y"])], gone: []),
    Chain(
      description: "a bias that is computed",
      nodes: [
        product, Node(Relu.name, ["bias"], ["c"]), Node(Tanh.name, ["changing"], ["t"]),
        Node(Add.name, ["p", "t"], ["y"]),
      ],
      gone: []),
    Chain(description: "gemm", nodes: [flat, gemm(), Node(Relu.name, ["p"], ["y"])], gone: ["p"]),
    Chain(
      description: "scaled gemm", nodes: [flat, gemm(["alpha": .float(2)]), Node(Relu.name, ["p"], ["y"])], gone: []),
    Chain(
      description: "transposed weights",
      nodes: [
        flat, Node(Gemm.name, ["flat", "v"], ["p"], ["transB": .int(1)]), Node(Add.name, ["p", "bias"], ["y"]),
      ], gone: ["p"]),
  ]

  @Test(arguments: Backends.all, chains)
  func resultsAreThoseOfPlainKernels(backend: any Backend, chain: Chain) throws {
    var generator = SeededGenerator(seed: 7)
    func random(_ shape: Shape) -> Tensor { .random(shape, &generator) }
    let graph = Graph(
      nodes: chain.nodes, inputs: [ValueInfo("x")], outputs: [ValueInfo("y")],
      constants: [
        "w": random([7, 5]), "v": random([5, 7]), "bias": random([5]), "rows": random([4, 1]),
        "wide": random([6, 1, 4, 5]), "changing": random([5]),
      ], opsets: ["": 20])
    let x = random([3, 4, 7])
    let expected = try interpret(graph, ["x": x])
    // Constants that change are parameters, as in training: a product still adds them.
    for variables in [[], ["w", "bias", "changing"]] as [Set<String>] {
      let session = try Session(
        Plan(graph, feeds: ["x": TensorType(of: x)], results: chain.results, variables: variables), on: backend)
      for _ in 0..<2 {
        for (name, value) in try session.run(["x": x]) {
          #expect(value.distance(from: expected[name]!) < 1e-5, "\(name)")
        }
      }
      // A bias computed from constants alone is worked out before the plan and fused; one of variables is not.
      guard backend.fuses, !variables.isEmpty || chain.description != "a bias that is computed" else { continue }
      for value in chain.nodes.map({ $0.outputs[0] }) where ["p", "s"].contains(value) {
        #expect(((try? session.buffer(value)) == nil) == chain.gone.contains(value), "\(value)")
      }
    }
  }
}
