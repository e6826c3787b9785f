import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Testing

/// Messages about large networks, and names that would upset a terminal.
struct MessageTests {
  @Test func longListsAreCutWithTheirCount() throws {
    let shop = try Workshop(widths: Array(repeating: 4, count: 62))
    try NPY.write(Workshop.random([20, 4]), to: shop.path("x.npy"))
    let usual = ["prune", shop.model, "--calibration", shop.path("x.npy"), "--keep", "0.5", "-o", shop.path("y.onnx")]
    for (options, status, count) in [
      (["--scope", "heads"], 2, "and 55 more"), (["--only", "fc99"], 65, "and 48 more"),
    ]
      as [([String], Int32, String)]
    {
      let outcome = try Tool.run(arguments: usual + options)
      #expect(outcome.status == status && outcome.errors.contains(count), "\(outcome.errors)")
      #expect(outcome.errors.count < 2000)
    }
  }

  @Test func controlCharactersOfFilesAreEscaped() throws {
    let shop = try Workshop()
    var model = try ONNXFile.read(shop.model)
    let hostile = "fc1\u{1B}[2J\u{202E}.weight"
    model.graph.constants[hostile] = model.graph.constants.removeValue(forKey: model.graph.nodes[0].inputs[1])
    model.graph.nodes[0].inputs[1] = hostile
    model.graph.nodes[0].name = "a\u{7}b"
    try ONNXFile.write(model, to: shop.path("hostile.onnx"))
    let path = shop.path("hostile.onnx")
    for arguments in [
      ["inspect", path],
      ["prune", path, "--calibration", shop.calibration, "--keep", "0.5", "-o", shop.path("y.onnx")],
      ["prune", path, "--calibration", shop.calibration, "--keep", "0.5", "--only", "x", "-o", shop.path("y.onnx")],
      ["run", path, "--output", shop.path("y.npy")],
    ] {
      let outcome = try Tool.run(arguments: arguments)
      for text in [outcome.output, outcome.errors] {
        #expect(!text.unicodeScalars.contains { "\u{1B}\u{7}\u{202E}".unicodeScalars.contains($0) }, "\(arguments[0])")
      }
    }
  }
}
