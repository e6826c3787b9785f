import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// Networks of a few nodes whose numbers overflow or ask for tables and constants of any size.
struct HostileGraphTests {
  private let shop: Workshop

  init() throws { shop = try Workshop() }

  /// A network, written to a file, that begins with the input `x` of `shape`.
  private func model(
    _ nodes: [Node], _ constants: [String: Tensor] = [:], inputs: [String: [Int]], opset: Int = 17
  ) throws -> String {
    try shop.hostileNetwork(
      nodes, constants,
      inputs: inputs.sorted { $0.key < $1.key }.map { ValueInfo($0, .float32, $1.map { .fixed($0) }) },
      opsets: ["": opset, "com.microsoft": 1])
  }

  /// `inspect` and `benchmark` end with a code that says what became of the job, and one sentence if it was not done.
  private func expectEnd(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    for command in [["inspect"], ["benchmark", "--seconds", "0.01", "--batch", "1", "--backend", "reference"]] {
      let outcome = try Tool.run(arguments: [command[0], path, "--memory", "1GB"] + command.dropFirst())
      #expect([0, 2, 65].contains(outcome.status), "\(command[0])\n\(outcome.errors)", sourceLocation: sourceLocation)
      guard outcome.status != 0 else { continue }
      #expect(
        outcome.complaint.contains("hostile.onnx") && !outcome.complaint.contains("\n"), "\(outcome.errors)",
        sourceLocation: sourceLocation)
    }
  }

  private static func longs(_ values: Int...) -> Tensor { Tensor(shape: [values.count], values.map(Int64.init)) }

  @Test func multiplicationsBeyondAnInt() throws {
    let long = 1 << 20
    try expectEnd(
      try model(
        [Node("MatMul", ["x", "z"], ["y"])], inputs: ["x": [long, long, 1 << 18], "z": [long, 1 << 18, long]]))
    try expectEnd(
      try model(
        [Node("Einsum", ["x", "z"], ["y"], ["equation": .string("ab,bc->ac")])],
        inputs: ["x": [long, long], "z": [long, long]]))
    try expectEnd(
      try model(
        [Node("Conv", ["x", "w"], ["y"], ["pads": .ints(Array(repeating: Int64(long), count: 4))])],
        ["w": Workshop.random([4, 2, 3, 3])], inputs: ["x": [1 << 17, 2, 1 << 19, 1 << 19]]))
  }

  @Test func attributesAtTheEndsOfAnInt() throws {
    let most = Int64.max
    let weights = ["w": Workshop.random([8, 24]), "b": Workshop.random([24])]
    let attention = OperatorName("Attention", domain: "com.microsoft")
    try expectEnd(
      try model(
        [
          Node(
            attention, ["x", "w", "b"], ["y"],
            ["num_heads": .int(2), "qkv_hidden_sizes": .ints([most, most, most])])
        ], weights, inputs: ["x": [1, 4, 8]]))
    for (op, name) in [("LRN", "size"), ("DepthToSpace", "blocksize"), ("Gather", "axis"), ("Flatten", "axis")] {
      for value in [most, .min, most - 1] {
        try expectEnd(
          try model(
            [Node(OperatorName(op), ["x", "i"], ["y"], [name: .int(value)])],
            ["i": Self.longs(0)], inputs: ["x": [1, 4, 4, 4]]))
      }
    }
    try expectEnd(
      try model(
        [Node("Split", ["x", "s"], ["y", "z"], ["axis": .int(1)])], ["s": Self.longs(.max, .max)],
        inputs: ["x": [1, 8]]))
    try expectEnd(
      try model(
        [Node("Slice", ["x", "a", "b", "c", "d"], ["y"])],
        ["a": Self.longs(.min), "b": Self.longs(.max), "c": Self.longs(1), "d": Self.longs(.min)],
        inputs: ["x": [1, 8]]))
  }

  @Test func tablesThatNobodyAskedFor() throws {
    let wide = 1 << 24
    for mode in ["constant", "edge", "reflect", "wrap"] {
      try expectEnd(
        try model(
          [Node("Pad", ["x", "p"], ["y"], ["mode": .string(mode)])],
          ["p": Self.longs(wide, wide, wide, wide)], inputs: ["x": [2, 8]], opset: 19))
    }
    try expectEnd(
      try model(
        [Node("Resize", ["x", "", "", "s"], ["y"], ["mode": .string("cubic")])],
        ["s": Self.longs(1, 2, wide, wide)], inputs: ["x": [1, 2, 4, 4]]))
    try expectEnd(
      try model(
        [
          Node(
            "MaxPool", ["x"], ["y"],
            ["kernel_shape": .ints([1 << 20, 1 << 20]), "pads": .ints(Array(repeating: 1 << 19, count: 4))]
          )
        ], inputs: ["x": [1, 2, 4, 4]]))
  }

  @Test func constantsThatAreNotStored() throws {
    // 1 GB that a file of 200 bytes states is computed when the network runs, or refused; it is not kept beforehand.
    let path = try model(
      [
        Node("ConstantOfShape", ["s"], ["c"]), Node("ReduceSum", ["c"], ["r"], ["keepdims": .int(0)]),
        Node("Add", ["x", "r"], ["y"]),
      ], ["s": Self.longs(1000, 250_000)], inputs: ["x": [1, 8]])
    let inspected = try Tool.run("inspect", path, "--memory", "100MB")
    #expect(inspected.status == 0, "\(inspected.errors)")
    let measured = try Tool.run("benchmark", path, "--batch", "1", "--memory", "100MB")
    #expect(measured.status == 65)
    #expect(measured.complaint.contains("node \"c\"") || measured.complaint.contains("ConstantOfShape"))
  }

  @Test func exactSizesOfNewAxes() throws {
    // As a float32, 100,000,000,000 would be 99,999,997,952.
    let path = try model(
      [
        Node("Cast", ["x"], ["i"], ["to": .int(7)]), Node("OneHot", ["i", "d", "v"], ["o"]),
        Node("ReduceMax", ["o"], ["y"]),
      ], ["d": Self.longs(100_000_000_000), "v": Workshop.random([2])], inputs: ["x": [1, 8]])
    let outcome = try Tool.run("inspect", path)
    #expect(outcome.status == 65)
    #expect(outcome.complaint.contains("100000000000"), "\(outcome.errors)")
  }

  @Test func longChains() throws {
    let count = 9_000
    let nodes = (0..<count).map {
      Node("Relu", [$0 == 0 ? "x" : "c\($0)"], [$0 == count - 1 ? "y" : "c\($0 + 1)"])
    }
    try expectEnd(try model(nodes, inputs: ["x": [1, 8]]))
  }
}

extension Workshop {
  /// Writes a network of these nodes, whose output is `y`, to `hostile.onnx`, and returns its path.
  func hostileNetwork(
    _ nodes: [Node], _ constants: [String: Tensor], inputs: [ValueInfo], opsets: [String: Int]
  ) throws -> String {
    var graph = Graph(name: "g", opsets: [:])
    for (domain, version) in opsets { graph.opsets[domain] = version }
    graph.inputs = inputs
    graph.outputs = [ValueInfo("y", nil, nil)]
    graph.nodes = nodes
    for (name, tensor) in constants { graph.constants[name] = tensor }
    try ONNXFile.write(Model(graph), to: path("hostile.onnx"))
    return path("hostile.onnx")
  }
}
