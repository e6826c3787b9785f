import EspalierArchitectures
import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTraining
import Testing

/// Cutting networks into blocks.
@Suite struct DistillationNetworksTests {
  private func images(_ count: Int, _ channels: Int, _ size: Int) -> [String: Tensor] {
    var generator = SeededGenerator(seed: 8)
    return ["input": Tensor.normal([count, channels, size, size], &generator)]
  }

  /// The blocks of a network that learns from itself, which computed one after another must give the network's outputs.
  private func blocks(_ graph: Graph, _ inputs: [String: Tensor]) throws -> [DistillationBlock] {
    let name = graph.feeds[0].name
    let inputs = graph.feeds.count == 1 ? [name: inputs.values.first!] : inputs
    let networks = try DistillationNetworks(graph, from: graph, feeds: [inputs.mapValues(TensorType.init(of:))])
    var values: [String: Tensor] = inputs
    var compared: [String: Tensor] = [:]
    for block in networks.blocks {
      let part = PartRunner(networks.studentPart(block), on: Backends.standard)
      let own = values.filter { part.reads($0.key) }
      #expect(Set(block.inputs).isSubset(of: own.keys))
      let results = try part(own)
      compared.merge(results) { $1 }
      values = inputs.merging(results.filter { block.ends.contains($0.key) }) { $1 }
    }
    let whole = try PartRunner(networks.studentPart(networks.whole), on: Backends.standard)(inputs)
    for point in networks.whole.points {
      let (own, expected) = (
        compared[point.value]?.elements(as: Float.self), whole[point.value]?.elements(as: Float.self)
      )
      #expect(zip(try #require(own), try #require(expected)).allSatisfy { abs($0 - $1) < 1e-4 }, "\(point.value)")
    }
    #expect(networks.blocks.map(\.nodes.count).reduce(0, +) == networks.student.nodes.count)
    #expect(networks.blocks.map(\.layers).reduce(0, +) == networks.whole.layers)
    return networks.blocks
  }

  @Test func aResidualNetworkIsCutBehindItsAdditions() throws {
    let graph = try #require(ResNet(.resNet18, classes: 5, imageSize: 32, widthFactor: 0.125)).model(seed: 1).graph
    let blocks = try blocks(graph, images(2, 3, 32))
    // The stem belongs to the first of eight blocks, or stands beside it; the classifier is the last.
    #expect((8...10).contains(blocks.count))
    #expect(blocks.dropLast().allSatisfy { $0.ends.count == 1 && $0.layers >= 2 })
    let producers = graph.producers()
    let readers = graph.consumers()
    for block in blocks.dropLast() where block.layers > 2 || block != blocks[0] {
      // What ends a block is read at least once, and no addition behind it reads what lies in front of it.
      let end = block.ends[0]
      #expect(readers[end] != nil)
      for node in graph.nodes[(block.nodes.upperBound)...] where node.op == Add.name {
        #expect(node.inputs.allSatisfy { $0 == end || (producers[$0] ?? -1) >= block.nodes.upperBound })
      }
    }
    #expect(blocks.last?.points == [DistillationPoint(graph.outputs[0].name, .relativeErrorAndDivergence)])
  }

  @Test func blocksOfInvertedResidualsStayWhole() throws {
    let graph = try #require(MobileNetV2(classes: 5, imageSize: 32, widthFactor: 0.25)).model(seed: 1).graph
    let blocks = try blocks(graph, images(2, 3, 32))
    #expect(blocks.count > 8)
    #expect(blocks.dropLast().allSatisfy { $0.ends.count == 1 && $0.layers >= 2 })
  }

  @Test func masksDoNotKeepATransformerWhole() throws {
    var bert = BERT()
    (bert.layers, bert.hiddenSize, bert.heads, bert.intermediateSize) = (3, 8, 2, 16)
    (bert.vocabularySize, bert.places) = (20, 12)
    let graph = try bert.model(.classification(labels: 3)).model.graph
    let tokens = Tensor(shape: [2, 6], (0..<12).map { Int64($0 % 20) })
    let ones = Tensor(repeating: Int64(1), shape: [2, 6])
    let inputs = ["input_ids": tokens, "attention_mask": ones, "token_type_ids": ones]
    let blocks = try blocks(graph, inputs)
    // Attention and dense layers of each of three blocks.
    #expect(blocks.count >= 6)
  }

  @Test func aChainIsCutIntoPairsOfLayers() throws {
    let graph = try #require(LeNet(classes: 4, imageSize: 28, channels: 1)).model(seed: 1).graph
    let blocks = try blocks(graph, images(2, 1, 28))
    #expect(blocks.count >= 2 && blocks.dropLast().allSatisfy { $0.layers >= 2 })
  }

  @Test func anOutputOnTheWayIsComparedInItsBlock() throws {
    let graph = twoHeads()
    let blocks = try blocks(graph, ["x": Tensor(shape: [2, 6], (0..<12).map { Float($0) / 6 - 1 })])
    #expect(Set(blocks.flatMap { $0.points.map(\.value) }).isSuperset(of: ["boxes", "y"]))
  }

  @Test func aSoftmaxIsComparedInFrontOfIt() throws {
    var graph = twoHeads()
    graph.nodes.append(Node(Softmax.name, ["y"], ["p"], ["axis": .int(-1)]))
    graph.outputs = [ValueInfo("p")]
    let blocks = try blocks(graph, ["x": Tensor(repeating: Float(1), shape: [2, 6])])
    #expect(blocks.last?.points.last == DistillationPoint("y", .relativeErrorAndDivergence))
  }
}

/// Dense layers 6 -> 8 -> 8 -> 8 -> 4 with a second output behind the second, a map of 3 numbers.
func twoHeads() -> Graph {
  var generator = SeededGenerator(seed: 2)
  var graph = Graph(inputs: [ValueInfo("x", .float32, [.symbolic("n"), .fixed(6)])])
  func dense(_ input: String, _ inputs: Int, _ outputs: Int, _ name: String, _ output: String) {
    graph.constants["\(name).w"] = Tensor.normal(
      [inputs, outputs], &generator, deviation: (2 / Double(inputs)).squareRoot())
    graph.constants["\(name).b"] = Tensor(repeating: Float(0.1), shape: [outputs])
    graph.nodes.append(Node(Gemm.name, name: name, [input, "\(name).w", "\(name).b"], [output]))
  }
  func relu(_ input: String) -> String {
    graph.nodes.append(Node(Relu.name, [input], ["\(input).r"]))
    return "\(input).r"
  }
  dense("x", 6, 8, "fc1", "h1")
  dense(relu("h1"), 8, 8, "fc2", "h2")
  let shared = relu("h2")
  dense(shared, 8, 3, "boxes", "flat")
  graph.constants["map"] = Tensor(shape: [3], [Int64(-1), 3, 1])
  graph.nodes.append(Node(Reshape.name, ["flat", "map"], ["boxes"]))
  dense(shared, 8, 8, "fc3", "h3")
  dense(relu("h3"), 8, 4, "fc4", "y")
  graph.outputs = [ValueInfo("y"), ValueInfo("boxes")]
  return graph
}

extension Tensor {
  /// Normal numbers.
  static func normal(_ shape: Shape, _ generator: inout SeededGenerator, deviation: Double = 1) -> Tensor {
    Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float(generator.normal() * deviation) })
  }
}
