import EspalierGraph
import EspalierONNX
import EspalierTensors
import Testing

/// Costs are counted for the shapes that are asked for.
struct ShapeTests {
  private let workshop: Workshop

  /// A convolution of 3 to 4 channels on images of any size.
  init() throws {
    workshop = try Workshop()
    let sizes: [Dimension] = [.symbolic("n"), .fixed(3), .symbolic("h"), .symbolic("w")]
    let graph = Graph(
      nodes: [Node("Conv", name: "conv", ["image", "weight"], ["map"], ["pads": .ints([1, 1, 1, 1])])],
      inputs: [ValueInfo("image", .float32, sizes)], outputs: [ValueInfo("map")],
      constants: ["weight": Tensor(shape: [4, 3, 3, 3], [Float](repeating: 0.5, count: 108))])
    try ONNXFile.write(Model(graph), to: workshop.model)
  }

  private func inspected(_ shape: String) throws -> Tool.Outcome {
    try Tool.run("inspect", workshop.model, "--json", "--shape", shape)
  }

  @Test(arguments: ["image=1x3x48x192", "1x3x48x192"])
  func costsAreOfThatShape(_ shape: String) throws {
    let json = try workshop.json(inspected(shape).output)
    #expect(json["macs"] as? Int == 48 * 192 * 108)
    #expect((json["countedFor"] as? [String: [Int]])?["image"] == [1, 3, 48, 192])
    #expect((json["openAxes"] as? [Any])?.count == 3)
  }

  @Test(
    arguments: [
      ("image=1x3x48", "cannot be 1 x 3 x 48: the file says n x 3 x h x w"),
      ("image=1x4x48x48", "cannot be 1 x 4 x 48 x 48"), ("image=1x3xax4", "is no shape"), ("image=", "is no shape"),
      ("image=1x3x0x4", "is no shape"), ("image=1x3x99999999999x99999999999", "is no shape"),
    ])
  func whatIsNoShapeOfTheInputIsRefused(_ shape: String, _ complaint: String) throws {
    let outcome = try inspected(shape)
    #expect(outcome.status == 65)
    #expect(outcome.complaint.contains(complaint), "\(outcome.complaint)")
  }
}
