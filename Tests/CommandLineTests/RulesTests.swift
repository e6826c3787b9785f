import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// What a user says of an unknown operator frees the groups behind it.
struct RulesTests {
  private static let act = OperatorName("Act", domain: "com.acme")
  private let workshop: Workshop

  /// A network 6-16-4 with an unknown operator between its layers.
  init() throws {
    workshop = try Workshop()
    try write { $0.op = Self.act }
  }

  private func write(_ change: (inout Node) -> Void) throws {
    var graph = workshop.graph
    let relu = try #require(graph.nodes.firstIndex { $0.op == "Relu" })
    change(&graph.nodes[relu])
    graph.opsets["com.acme"] = 1
    try ONNXFile.write(Model(graph), to: workshop.model)
  }

  private func rules(_ text: String) throws -> String {
    try text.write(toFile: workshop.path("rules.json"), atomically: true, encoding: .utf8)
    return workshop.path("rules.json")
  }

  private func prune(_ rules: String, keep: String = "0.5") throws -> Tool.Outcome {
    try Tool.run(
      "prune", workshop.model, "--calibration", workshop.calibration, "--keep", keep, "--rules", rules, "-o",
      workshop.path("small.onnx"), "--json", workshop.path("small.json"))
  }

  private func prunable(_ rules: String?) throws -> [Bool] {
    let more = rules.map { ["--rules", $0] } ?? []
    let outcome = try Tool.run(arguments: ["inspect", workshop.model, "--json"] + more)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let groups = try #require(workshop.json(outcome.output)["groups"] as? [[String: Any]])
    return groups.compactMap { $0["prunable"] as? Bool }
  }

  @Test func groupsPassThroughAnElementwiseOperator() throws {
    #expect(try prunable(nil) == [false])
    #expect(try prunable(rules(#"{"com.acme::Act": "elementwise"}"#)) == [true, false])
    #expect(try prunable(rules(#"{"com.acme::Act": "mixes axis 1"}"#)) == [false, false])
    #expect(try prunable(rules(#"{"com.acme::Act": {"mixes": [-1]}}"#)) == [false, false])
    #expect(try prunable(rules(#"{"com.acme::Act": "mixes axis 0"}"#)) == [true, false])
  }

  /// A vector beside the first input is cut with the axis that it belongs to; where the rules give it to another one, of
  /// another length, nothing as long as it is cut.
  @Test func vectorsGoWithTheirAxis() throws {
    let bias = try #require(workshop.graph.nodes.first?.inputs.last)
    try write { node in
      node.op = Self.act
      node.inputs.append(bias)
    }
    #expect(try prunable(rules(#"{"com.acme::Act": "elementwise"}"#)) == [true, false])
    #expect(try prunable(rules(#"{"com.acme::Act": {"vectors": 1}}"#)) == [true, false])
    #expect(try prunable(rules(#"{"com.acme::Act": {"vectors": 0}}"#)) == [false, false])
  }

  @Test func whatIsPrunedKeepsItsOperatorAndSaysWhatIsGuessed() throws {
    let outcome = try prune(rules(#"{"com.acme::Act": "elementwise"}"#))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("com.acme::Act \"") && outcome.errors.contains("a guess"))
    let (small, dense) = try (
      ONNXFile.read(workshop.path("small.onnx")).graph, ONNXFile.read(workshop.model).graph
    )
    #expect(small.nodes == dense.nodes)
    let json = try workshop.json(String(decoding: workshop.contents("small.json"), as: UTF8.self))
    let group = try #require((json["groups"] as? [[String: Any]])?.first)
    let kept = try #require(group["kept"] as? [Int])
    let weights = try #require(dense.constants[dense.nodes[0].inputs[1]]?.floats())
    let width = weights.count / 16
    #expect(
      small.constants[dense.nodes[0].inputs[1]]?.floats() == kept.flatMap { weights[$0 * width..<($0 + 1) * width] })
    #expect(group["refittedResidual"] as? Double == nil, "layers behind a stand-in keep their weights")
  }

  @Test func whatIsLikeAKnownOperatorIsComputed() throws {
    for rule in [#"{"com.acme::Act": "like Relu"}"#, #"{"com.acme::Act": "same"}"#] {
      let outcome = try prune(rules(rule))
      #expect(outcome.status == 0 && !outcome.errors.contains("a guess"), "\(outcome.errors)")
      #expect(try ONNXFile.read(workshop.path("small.onnx")).graph.nodes.contains { $0.op == Self.act })
    }
    try write { _ in }
    let known = try Tool.run(
      "prune", workshop.model, "--calibration", workshop.calibration, "--keep", "0.5", "-o",
      workshop.path("known.onnx"))
    #expect(known.status == 0)
    try write { $0.op = Self.act }
    #expect(try prune(rules(#"{"com.acme::Act": "like Relu"}"#)).status == 0)
    #expect(
      try ONNXFile.read(workshop.path("small.onnx")).graph.constants
        == ONNXFile.read(workshop.path("known.onnx")).graph.constants)
  }

  @Test(
    arguments: [
      (#"{"com.acme::Act": "elementwize"}"#, "operator \"com.acme::Act\": is given no rule that is known"),
      (#"{"com.acme::Act": "mixes axis"}"#, "is given no rule that is known"),
      (#"{"com.acme::Act": {"mix": [1]}}"#, "is given no rule that is known"),
      (#"{"com.acme::Act": 1}"#, "is given no rule that is known"),
      (#"{"com.acme::Act": "like Rellu"}"#, "is to be like Rellu, which is not known itself"),
      (#"{"com.acme::Act": "same", "com.acme::Act": "same"}"#, "is given two rules"),
      (#"{"Relu": "elementwise"}"#, "operator \"Relu\": has a meaning here already"),
      ("[]", "holds no rules"), ("{}", "holds no rules"), ("{", "rules.json"),
    ])
  func whatIsNoRuleIsRefused(_ text: String, _ complaint: String) throws {
    let outcome = try prune(rules(text))
    #expect(outcome.status == 65)
    #expect(outcome.complaint.contains(complaint), "\(outcome.complaint)")
  }

  @Test func axesThatAreNotThereAreNamed() throws {
    let outcome = try prune(rules(#"{"com.acme::Act": "mixes axis 4"}"#))
    #expect(outcome.status == 65)
    #expect(outcome.complaint.contains("speaks of axis 4, and its first input has 2 axes"), "\(outcome.complaint)")
  }

  @Test func operatorsThatNoNodeHasAreNamed() throws {
    let outcome = try prune(rules(#"{"com.acme::Act": "elementwise", "com.acme::Other": "same"}"#))
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("com.acme::Other, which no node has"))
  }
}
