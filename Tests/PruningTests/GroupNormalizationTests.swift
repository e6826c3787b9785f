import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Channels that are normalised in groups are thinned out in each group alike.
struct GroupNormalizationTests {
  /// The forms in which a group normalisation is written.
  enum Form: CaseIterable {
    /// `GroupNormalization` with one scale per channel, and with one per group as up to operator set 20.
    case channelwise, groupwise
    /// Reshape, `InstanceNormalization`, reshape, as PyTorch's exporter writes it: back to a stated shape, or to the
    /// shape that the convolution's output has.
    case stated, measured
  }

  /// The numbers of a network of 3, 12 and 5 channels, and those of some of its 12.
  private struct Numbers {
    var first, firstBias, scale, shift, second: Tensor
    let groups: Int

    init(groups: Int) {
      var networks = SmallNetworks(seed: 71)
      first = networks.tensor([12, 3, 3, 3])
      firstBias = networks.tensor([12])
      scale = networks.tensor([12])
      shift = networks.tensor([12])
      second = networks.tensor([5, 12, 1, 1])
      self.groups = groups
    }

    /// The same with these channels alone.
    func keeping(_ channels: [Int]) -> Numbers {
      var small = self
      small.first = first.taking(channels, along: 0)
      small.firstBias = firstBias.taking(channels, along: 0)
      small.scale = scale.taking(channels, along: 0)
      small.shift = shift.taking(channels, along: 0)
      small.second = second.taking(channels, along: 1)
      return small
    }

    func graph(_ form: Form, isSideOpen: Bool = false) -> Graph {
      let side = isSideOpen ? Dimension.symbolic("side") : .fixed(4)
      var graph = Graph(
        inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(3), side, side])],
        outputs: [ValueInfo("output")], opsets: ["": form == .groupwise ? 18 : form == .channelwise ? 21 : 17])
      let channels = scale.count
      graph.constants = ["a.weight": first, "a.bias": firstBias, "b.weight": second]
      graph.nodes = [Node("Conv", name: "a", ["input", "a.weight", "a.bias"], ["x"], ["pads": .ints([1, 1, 1, 1])])]
      let ones = Tensor(shape: [groups], [Float](repeating: 1, count: groups))
      let zeros = Tensor(shape: [groups], [Float](repeating: 0, count: groups))
      switch form {
      case .channelwise:
        graph.constants["scale"] = scale
        graph.constants["shift"] = shift
        graph.nodes.append(
          Node("GroupNormalization", ["x", "scale", "shift"], ["n"], ["num_groups": .int(Int64(groups))]))
      case .groupwise, .stated, .measured:
        graph.constants["ones"] = ones
        graph.constants["zeros"] = zeros
        graph.constants["scale"] = Tensor(shape: [channels, 1, 1], scale.elements(as: Float.self).map { $0 })
        graph.constants["shift"] = Tensor(shape: [channels, 1, 1], shift.elements(as: Float.self).map { $0 })
        if form == .groupwise {
          graph.nodes.append(
            Node("GroupNormalization", ["x", "ones", "zeros"], ["back"], ["num_groups": .int(Int64(groups))]))
        } else {
          graph.constants["parts"] = Tensor(shape: [3], [0, Int64(groups), -1])
          graph.nodes += [
            Node("Reshape", ["x", "parts"], ["r"]), Node("InstanceNormalization", ["r", "ones", "zeros"], ["i"]),
          ]
          if form == .measured {
            graph.nodes.append(Node("Shape", ["x"], ["shape"]))
          } else {
            graph.constants["shape"] = Tensor(shape: [4], [-1, Int64(channels), 4, 4])
          }
          graph.nodes.append(Node("Reshape", ["i", "shape"], ["back"]))
        }
        graph.nodes += [Node("Mul", ["back", "scale"], ["s"]), Node("Add", ["s", "shift"], ["n"])]
      }
      graph.nodes += [Node("Relu", ["n"], ["h"]), Node("Conv", name: "b", ["h", "b.weight"], ["output"])]
      return graph
    }
  }

  private func outputs(_ graph: Graph, _ input: Tensor) throws -> [Double] {
    let session = try Session(Plan(graph, feeds: ["input": TensorType(of: input)]))
    return try #require(try session.run(["input": input])["output"]?.doubles())
  }

  @Test(arguments: Form.allCases, [1, 3, 4]) func whatIsLeftIsTheNetworkBuiltWithFewer(
    _ form: Form, _ groups: Int
  ) throws {
    let numbers = Numbers(groups: groups)
    let graph = numbers.graph(form)
    let group = try #require(try graph.pruningGroups().first(where: \.isPrunable))
    #expect(group.size == 12 / groups && group.scope == .all && group.kind == nil)
    let size = 12 / groups
    #expect(group.elements[ValueAxis("a.weight", 0)]![1] == (0..<groups).map { $0 * size + 1 })
    try graph.expectPrunedEqualsMasked(seed: 72)
    let kept = [0, size - 1]
    let small = try graph.pruning([group], keeping: [group.id: kept])
    let channels = (0..<groups).flatMap { part in kept.map { part * size + $0 } }
    let expected = numbers.keeping(channels).graph(form)
    var networks = SmallNetworks(seed: 73)
    let input = networks.tensor([3, 3, 4, 4])
    #expect(try relativeDifference(outputs(small, input), outputs(expected, input)) < 1e-6)
    #expect(try relativeDifference(outputs(small, input), outputs(graph, input)) > 1e-2)
  }

  @Test func mapsMayHaveAnySize() throws {
    let graph = Numbers(groups: 3).graph(.measured, isSideOpen: true)
    let group = try #require(try graph.pruningGroups().first(where: \.isPrunable))
    let kept = [group.id: [1, 2]]
    let (small, masked) = (try graph.pruning([group], keeping: kept), graph.masking([group], keeping: kept))
    var networks = SmallNetworks(seed: 74)
    for side in [3, 8] {
      let input = networks.tensor([2, 3, side, side])
      #expect(try relativeDifference(outputs(small, input), outputs(masked, input)) < 1e-6)
    }
  }
}
