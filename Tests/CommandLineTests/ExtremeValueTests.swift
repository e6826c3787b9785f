import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Numbers at the ends of what an `Int` can hold, in options and in files: a sentence, or the work, but no crash.
struct ExtremeValueTests {
  private let shop: Workshop
  private static let largest = String(Int.max)

  init() throws {
    shop = try Workshop()
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
  }

  private var data: String { "\(shop.calibration),\(shop.path("labels.npy"))" }

  /// Ends with 64 or 65 and a sentence that has `words`.
  private func expectRefusal(
    _ arguments: [String], naming words: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Tool.run(arguments: arguments)
    #expect([64, 65].contains(outcome.status), "\(arguments) \(outcome.errors)", sourceLocation: sourceLocation)
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation) }
  }

  @Test func networksLargerThanMemory() throws {
    let out = ["-o", shop.path("out.onnx")]
    for layers in [
      "1000000,1000000", "4294967296,4294967296", "\(Int.max),\(Int.max)", "5,\(Int.max)", "\(Int.max),5",
    ] {
      try expectRefusal(["new", "mlp", "--layers", layers] + out, naming: ["memory"])
    }
    for option in ["--classes", "--channels", "--image"] {
      try expectRefusal(["new", "lenet", option, "4611686018427387904"] + out, naming: [option])
    }
    for (key, value) in [
      ("hidden_size", 1 << 62), ("vocab_size", 1 << 62), ("vocab_size", 1 << 45), ("max_position_embeddings", 1 << 61),
      ("intermediate_size", Int.max), ("type_vocab_size", Int.max), ("num_hidden_layers", Int.max),
      ("num_hidden_layers", 100_000),
    ] {
      var sizes = [
        "vocab_size": 23, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 16,
        "max_position_embeddings": 16, "type_vocab_size": 2,
      ]
      sizes[key] = value
      let config = try shop.folder.file("config.json", Array(JSONSerialization.data(withJSONObject: sizes)))
      try expectRefusal(["new", "bert", "--config", config] + out)
    }
    #expect(!shop.exists("out.onnx"))
  }

  @Test func plansLargerThanMemory() throws {
    for batch in ["1000000000", "4611686018427387904", Self.largest] {
      for training in [[], ["--training"]] {
        try expectRefusal(["benchmark", shop.model, "--batch", batch] + training)
      }
    }
    try expectRefusal(
      ["benchmark", shop.model, "--batch", "1000000000"], naming: ["GB of memory", "model.onnx"])
    try expectRefusal(["benchmark", shop.model, "--threads", "100000"], naming: ["--threads", "1024"])
    for seconds in ["inf", "nan", "1e300", "-1"] {
      try expectRefusal(["benchmark", shop.model, "--seconds", seconds], naming: ["--seconds"])
    }
  }

  @Test func countsThatOverflow() throws {
    let train = ["train", shop.model, "--data", data, "--batch", "8", "--quiet", "-o", shop.path("out.onnx")]
    let prune = [
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--quiet", "-o", shop.path("out.onnx"),
    ]
    for value in [Self.largest, "4611686018427387904", "0", "-1"] {
      for option in ["--epochs", "--batch", "--accumulate", "--inner-steps", "--step-epochs"] {
        try expectRefusal(train + ["\(option)=\(value)"], naming: [option])
      }
      for option in ["--iterations", "--round-to", "--batch", "--samples", "--block-epochs", "--finetune-batch"]
      where option != "--block-epochs" || value != "0" {
        try expectRefusal(prune + ["\(option)=\(value)"], naming: [option])
      }
      for option in ["--epochs", "--seeds", "--samples"] {
        try expectRefusal(["demo", "\(option)=\(value)", "--output-directory", shop.path("demo")], naming: [option])
      }
      try expectRefusal(["reproduce", "ispasp-decay", "--trials=\(value)"], naming: ["--trials"])
      try expectRefusal(["reproduce", "sppam-glm", "--cap=\(value)"], naming: ["--cap"])
    }
    // The largest counts are accepted: they are more than there are samples.
    let whole = try Tool.run(arguments: prune + ["--batch", "1000000000", "--samples", "1000000000"])
    #expect(whole.status == 0, "\(whole.errors)")
  }

  /// A model of one node, `y = op(...)`, behind vectors of `width`.
  private func model(
    _ nodes: [Node], _ constants: [String: Tensor] = [:], width: Int = 8
  ) throws -> String {
    try shop.hostileNetwork(
      nodes, constants, inputs: [ValueInfo("x", .float32, [.symbolic("n"), .fixed(width)])], opsets: ["": 17])
  }

  @Test func valuesLargerThanMemory() throws {
    try NPY.write(Workshop.random([1, 8]), to: shop.path("x.npy"))
    let huge = Tensor(shape: [2], [Int64](arrayLiteral: 1 << 24, 1 << 24))
    let models: [([Node], [String: Tensor])] = [
      (
        [Node("Expand", name: "e", ["s", "huge"], ["c"]), Node("ReduceMax", name: "m", ["c"], ["q"]), add], ["s": one]
      ),
      ([Node("ConstantOfShape", name: "e", ["huge"], ["c"]), Node("ReduceMax", name: "m", ["c"], ["q"]), add], [:]),
      ([Node("Tile", name: "e", ["t", "huge"], ["c"]), Node("ReduceMax", name: "m", ["c"], ["q"]), add], ["t": flat]),
    ]
    for (nodes, constants) in models {
      let path = try model(nodes, constants.merging(["huge": huge]) { $1 })
      for command in [
        ["inspect", path], ["run", path, "--input", shop.path("x.npy"), "--output", shop.path("y.npy")],
        ["prune", path, "--calibration", shop.path("x.npy"), "--keep", "0.5", "-o", shop.path("out.onnx")],
      ] {
        let outcome = try Tool.run(arguments: command)
        #expect(outcome.status == 65, "\(outcome.errors)")
        let isNamed = ["memory", "dependencies are followed for"].contains(where: outcome.errors.contains)
        #expect(outcome.errors.contains("hostile.onnx") && isNamed, "\(outcome.errors)")
        #expect(!outcome.complaint.contains("\n"))
      }
    }
  }

  private var add: Node { Node("Add", name: "a", ["x", "q"], ["y"]) }
  private var one: Tensor { Tensor(shape: [1], [Float(1)]) }
  private var flat: Tensor { Tensor(shape: [1, 1], [Float(1)]) }

  @Test func axesThatAreTooLong() throws {
    let path = try model(
      [Node("Relu", name: "r", ["x"], ["y"])], width: 1 << 40)
    try expectRefusal(["inspect", path], naming: ["1099511627776", "hostile.onnx"])
  }

  @Test func nodesWithoutOutputs() throws {
    let path = try model(
      [
        Node("Relu", name: "nothing", ["x"], []), Node("Relu", name: "empty", ["x"], [""]),
        Node("Relu", name: "r", ["x"], ["y"]),
      ])
    try expectRefusal(["inspect", path], naming: ["nothing", "has no output"])
  }

  @Test func namesThatCommandATerminal() throws {
    let name = "\u{1B}]0;title\u{7}\nline2\u{202E}"
    let unknown = try Tool.run("inspect", model([Node("Foo", name: name, ["x"], ["y"])]))
    #expect(unknown.status == 0)
    #expect(unknown.complaint.contains(#"\u{1B}]0;title\u{7}\u{A}line2\u{202E}"#), "\(unknown.errors)")
    let shown = try Tool.run(
      "inspect",
      model(
        [Node("MatMul", name: name, ["x", "w"], ["h"]), Node("MatMul", name: "second", ["h", "v"], ["y"])],
        ["w": Workshop.random([8, 4]), "v": Workshop.random([4, 2])]))
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.output.contains("second") && shown.output.contains(#"\u{1B}]0;title"#))
    let isHarmless = shown.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
    #expect(isHarmless && !shown.output.contains("\u{202E}"))
  }
}
