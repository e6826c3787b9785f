import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// Random networks of all pieces, pruned at random, equal the masked ones.
struct RandomNetworkTests {
  private func network(_ seed: UInt64) -> Graph {
    var generator = SeededGenerator(seed: seed)
    func draw(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }
    var network = PieceByPiece(seed: seed, channels: 3)
    var layers = 0
    func name() -> String {
      layers += 1
      return "layer\(layers)"
    }
    network.convolution(name(), 12, kernel: 3)
    for _ in 0..<5 {
      network.rectify()
      let (before, channels) = (network.last, network.last.channels)
      let groups = [1, 2, 3, 4].filter { channels % $0 == 0 }[draw([1, 2, 3, 4].count { channels % $0 == 0 })]
      let sizes = PieceByPiece.Sizes.allCases[draw(2)]
      switch draw(8) {
      case 0: network.convolution(name(), 12, kernel: 3, groups: groups, hasBias: draw(2) == 0)
      case 1: network.convolution(name(), channels * (1 + draw(2)), kernel: 3, groups: channels)
      case 2: network.shuffle(groups, sizes)
      case 3:
        network.convolution(name(), 12, groups: groups)
        network.convolution(name(), channels, groups: [1, groups].first { 12 % $0 == 0 }!)
        network.residual(before)
      case 4: network.gate(name(), reduced: 4)
      case 5:
        network.convolution(name(), 6)
        network.concatenate(before)
      case 6:
        let first = network.split(channels / 2, isStated: draw(2) == 0 || channels % 2 == 1)
        network.convolution(name(), 6)
        network.concatenate(first)
      default:
        network.slice(draw(2), channels - draw(2))
        network.convolution(name(), 12)
      }
    }
    network.classify(ofMeans: draw(2) == 0)
    return network.graph
  }

  @Test(arguments: 0..<24 as Range<UInt64>) func prunedEqualsMasked(_ seed: UInt64) throws {
    let graph = network(seed + 100)
    #expect(try graph.pruningGroups().contains(where: \.isPrunable))
    try graph.expectPrunedEqualsMasked(seed: seed, times: 3)
  }
}
