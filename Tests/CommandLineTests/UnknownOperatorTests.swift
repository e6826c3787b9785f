import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// One operator without a meaning freezes what it touches and no more.
struct UnknownOperatorTests {
  private let workshop: Workshop

  /// A network 6-16-4 whose scores an unknown operator reads, with a second input of its own.
  init() throws {
    workshop = try Workshop()
    var graph = workshop.graph
    let scores = graph.outputs[0].name
    graph.nodes.append(
      Node(OperatorName("Decode", domain: "com.example"), name: "decode", [scores, "names"], ["text"]))
    graph.nodes.append(Node("Identity", name: "end", ["text"], ["result"]))
    graph.inputs.append(ValueInfo("names", .string, [.symbolic("count")]))
    graph.outputs = [ValueInfo("result", .string, nil)]
    graph.opsets["com.example"] = 1
    try ONNXFile.write(Model(graph), to: workshop.model)
  }

  @Test func inspectListsTheGroupsInFrontOfItAndNamesIt() throws {
    let outcome = try Tool.run("inspect", workshop.model, "--json")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("com.example::Decode \"decode\""))
    let json = try workshop.json(outcome.output)
    let groups = try #require(json["groups"] as? [[String: Any]])
    #expect(groups.map { $0["prunable"] as? Bool } == [true, false])
    #expect((groups[1]["reason"] as? String)?.hasPrefix("com.example::Decode \"decode\" reads it") == true)
    let opaque = try #require(json["opaque"] as? [String: Any])
    #expect(opaque["nodes"] as? Int == 2)
    #expect((json["inputs"] as? [[String: Any]])?.count == 2 && (json["outputs"] as? [[String: Any]])?.count == 1)
  }

  @Test func pruneTakesThemAndKeepsTheRest() throws {
    let outcome = try Tool.run(
      "prune", workshop.model, "--calibration", workshop.calibration, "--keep", "0.5", "-o",
      workshop.path("small.onnx"),
      "--json", workshop.path("small.json"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("com.example::Decode \"decode\""))
    let small = try ONNXFile.read(workshop.path("small.onnx")).graph
    let dense = try ONNXFile.read(workshop.model).graph
    #expect(small.nodes.suffix(2) == dense.nodes.suffix(2))
    #expect(small.inputs == dense.inputs && small.outputs == dense.outputs)
    #expect(small.constants.values.map(\.count).reduce(0, +) < dense.constants.values.map(\.count).reduce(0, +))
    let warnings = try workshop.json(String(decoding: workshop.contents("small.json"), as: UTF8.self))["warnings"]
    #expect((warnings as? [String])?.contains { $0.contains("decode") } == true)
  }

  @Test func whatHasShapesOfDataIsKeptToo() throws {
    var graph = workshop.graph
    graph.nodes.append(Node("NonZero", name: "found", [graph.outputs[0].name], ["places"]))
    graph.outputs = [ValueInfo("places", .int64, nil)]
    try ONNXFile.write(Model(graph), to: workshop.path("found.onnx"))
    let outcome = try Tool.run(
      "prune", workshop.path("found.onnx"), "--calibration", workshop.calibration, "--keep", "0.5", "-o",
      workshop.path("small.onnx"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("NonZero \"found\""))
    #expect(try ONNXFile.read(workshop.path("small.onnx")).graph.nodes.last == graph.nodes.last)
  }

  /// A valid node that asks for what is not supported of a known operator is as one of an unknown operator.
  @Test func whatIsNotSupportedIsKeptToo() throws {
    var graph = workshop.graph
    graph.nodes.append(
      Node("Pad", name: "odd", [graph.outputs[0].name, "pads"], ["padded"], ["mode": .string("mirror")]))
    graph.constants["pads"] = Tensor(shape: [4], [0, 1, 0, 1] as [Int64])
    graph.outputs = [ValueInfo("padded", .float32, nil)]
    let model = workshop.path("odd.onnx")
    try ONNXFile.write(Model(graph), to: model)
    let outcome = try Tool.run(
      "prune", model, "--calibration", workshop.calibration, "--keep", "0.5", "-o", workshop.path("small.onnx"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("Pad \"odd\" (does not know the mode \"mirror\") cannot be run here"))
    #expect(try ONNXFile.read(workshop.path("small.onnx")).graph.nodes.last == graph.nodes.last)
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: workshop.path("labels.npy"))
    let refused = try Tool.run("evaluate", model, "--data", "\(workshop.calibration),\(workshop.path("labels.npy"))")
    #expect(refused.status == 65)
    #expect(refused.complaint.contains("node \"odd\" (Pad): does not know the mode"), "\(refused.complaint)")
  }

  @Test func runAnswersAsFarAsItCan() throws {
    let scores = workshop.graph.outputs[0].name
    let outcome = try Tool.run(
      "run", workshop.model, "--input", workshop.calibration, "--output", "\(scores)=\(workshop.path("scores.npy"))")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try NPY.read(workshop.path("scores.npy")).shape == [40, 4])
  }

  @Test func whatNeedsTheAnswerIsRefused() throws {
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: workshop.path("labels.npy"))
    let outcome = try Tool.run(
      "evaluate", workshop.model, "--data", "\(workshop.calibration),\(workshop.path("labels.npy"))")
    #expect(outcome.status == 65)
    #expect(outcome.complaint.contains("com.example::Decode is not supported"))
  }

  @Test func withNothingInFrontThereIsNothingToPrune() throws {
    var graph = workshop.graph
    graph.nodes.insert(
      Node(OperatorName("Encode", domain: "com.example"), name: "encode", [graph.feeds[0].name], ["encoded"]), at: 0)
    graph.nodes[1].inputs[0] = "encoded"
    graph.opsets["com.example"] = 1
    try ONNXFile.write(Model(graph), to: workshop.path("behind.onnx"))
    let outcome = try Tool.run(
      "prune", workshop.path("behind.onnx"), "--calibration", workshop.calibration, "--keep", "0.5", "-o",
      workshop.path("small.onnx"))
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("com.example::Encode \"encode\""))
    #expect(!workshop.exists("small.onnx"))
  }
}
