import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// The units of a network, and those that can be pruned.
struct GroupTests {
  @Test func everyHiddenLayerIsAGroup() throws {
    var networks = SmallNetworks()
    let groups = try networks.multilayerPerceptron([5, 7, 6, 3]).pruningGroups()
    #expect(groups.map(\.id) == ["fc1", "fc2", "fc3"])
    #expect(groups.map(\.size) == [7, 6, 3])
    #expect(groups.map(\.isPrunable) == [true, true, false])
    #expect(groups[0].chain == "fc1.weight[0] => fc1.bias[0] => fc2.weight[1]")
    #expect(groups[0].consumers.map(\.label) == ["fc2"])
    #expect(groups[0].elements[ValueAxis("h1", 1)] == (0..<7).map { [$0] })
    #expect(groups[2].frozen?.description == "output \"z3\" is what the network is for")
    #expect(groups.allSatisfy { $0.scope == .inner })
  }

  @Test func separateBiasesBelongToTheirLayers() throws {
    var networks = SmallNetworks()
    let groups = try networks.matMulWithSeparateBias(width: 4, hidden: 9).pruningGroups()
    let hidden = try #require(groups.first { $0.id == "up" })
    #expect(hidden.isPrunable && hidden.size == 9)
    #expect(hidden.chain == "up.weight[1] => up.bias[0] => down.weight[0]")
    #expect(hidden.consumers[0].bias == "down.bias")
    #expect(hidden.consumers[0].output == "output")
  }

  @Test func reshapesMakeBlocks() throws {
    var networks = SmallNetworks()
    let group = try #require(try networks.blocks(units: 4).pruningGroups().first)
    #expect(group.isPrunable && group.size == 4)
    #expect(group.elements[ValueAxis("fc2.weight", 1)] == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]])
    #expect(group.elements[ValueAxis("r", 1)] == [[0], [1], [2], [3]])
  }

  @Test func concatenatedLayersAreGroupsOfTheirOwn() throws {
    var networks = SmallNetworks()
    let groups = try networks.branches(6, 4).pruningGroups()
    let prunable = groups.filter(\.isPrunable)
    #expect(prunable.map(\.id) == ["left", "right"])
    #expect(prunable.map(\.size) == [6, 4])
    #expect(prunable[1].elements[ValueAxis("head.weight", 1)] == [[6], [7], [8], [9]])
    #expect(prunable[1].elements[ValueAxis("slope", 0)] == [[0], [1], [2], [3]])
  }

  @Test func additionsCouple() throws {
    var networks = SmallNetworks()
    let groups = try networks.residual(width: 8).pruningGroups()
    #expect(groups.map(\.id) == ["stem", "inner", "head"])
    #expect(groups.map(\.scope) == [.all, .inner, .inner])
    #expect(groups[0].producers.map(\.label) == ["stem", "outer"])
    #expect(groups[0].consumers.map(\.label) == ["inner", "head"])
  }

  @Test func whatNormalisesFreezes() throws {
    var networks = SmallNetworks()
    var graph = networks.multilayerPerceptron([5, 7, 3])
    graph.nodes[1] = Node("Softmax", name: "attention", ["z1"], ["h1"])
    let group = try #require(try graph.pruningGroups().first)
    #expect(group.frozen?.description == "Softmax \"attention\" normalises over it")
  }

  @Test func whatIsFedOrReadFromOutsideIsFrozen() throws {
    var networks = SmallNetworks()
    var graph = networks.multilayerPerceptron([5, 7, 3])
    graph.outputs.append(ValueInfo("h1", .float32, [.symbolic("batch"), .fixed(7)]))
    #expect(try graph.pruningGroups()[0].frozen?.culprit == "output \"h1\"")
  }

  @Test func sharedWeightsStayInStep() throws {
    var networks = SmallNetworks()
    // The same square weights twice: what leaves the first layer is what enters the second.
    var graph = networks.multilayerPerceptron([6, 6, 6])
    graph.nodes[2].inputs[1] = "fc1.weight"
    #expect(try graph.pruningGroups().allSatisfy { !$0.isPrunable })
  }

  @Test func mapsOfUnknownSizeAreGivenRoom() throws {
    var networks = SmallNetworks()
    let unknown = Dimension.symbolic("side")
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("batch"), .fixed(3), unknown, unknown])],
      outputs: [ValueInfo("output", .float32, [.symbolic("batch"), .fixed(2), unknown, unknown])])
    graph.constants = ["a.weight": networks.tensor([6, 3, 5, 5]), "b.weight": networks.tensor([2, 6, 3, 3])]
    graph.nodes = [
      Node("Conv", name: "a", ["input", "a.weight"], ["x"], ["strides": .ints([2, 2])]), Node("Relu", ["x"], ["h"]),
      Node("Conv", name: "b", ["h", "b.weight"], ["output"]),
    ]
    #expect(try graph.pruningGroups().map(\.isPrunable) == [true, false])
    #expect(try graph.feedTypes(batch: 2)["input"]?.shape == [2, 3, 16, 16])
  }

  @Test func unknownOperatorsAreNamed() throws {
    var networks = SmallNetworks()
    var graph = networks.multilayerPerceptron([5, 7, 3])
    graph.nodes[1] = Node("Frobnicate", name: "odd", ["z1"], ["h1"])
    let error = #expect(throws: EspalierError.self) { try graph.pruningGroups() }
    #expect(error?.description.contains("Frobnicate") == true && error?.description.contains("odd") == true)
  }
}
