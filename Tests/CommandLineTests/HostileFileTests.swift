import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Small files that ask for terabytes, overflow or do not end: each is refused, or done, in one sentence.
///
/// Each folder of `Fixtures/hostile` holds one case; its name begins with the kind of its files.
struct HostileFileTests {
  private static let fixtures = Bundle.module.resourceURL!.appendingPathComponent("hostile")

  /// The names of the cases whose names begin with `kind`.
  static func cases(_ kind: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
    return names.filter { $0.hasPrefix(kind + "-") }.sorted()
  }

  private let shop: Workshop

  init() throws { shop = try Workshop() }

  private func path(_ name: String, _ file: String) -> String {
    Self.fixtures.appendingPathComponent(name).appendingPathComponent(file).path
  }

  /// Ends by itself, with a code that says what became of the job, and one sentence if it was not done, behind
  /// warnings of operators without a meaning.
  private func expectEnd(
    _ arguments: [String], _ statuses: Set<Int32> = [0, 2, 64, 65], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Tool.run(arguments: arguments)
    #expect(statuses.contains(outcome.status), "\(arguments)\n\(outcome.errors)", sourceLocation: sourceLocation)
    guard outcome.status != 0 else { return }
    let lines = outcome.complaint.split(separator: "\n").filter { !$0.hasPrefix("espalier: warning: ") }
    #expect(
      lines.count == 1 && lines.allSatisfy { $0.hasPrefix("espalier: ") }, "\(outcome.errors)",
      sourceLocation: sourceLocation)
  }

  @Test func thereAreCases() {
    #expect(Self.cases("onnx").count > 10)
    for kind in ["predict", "bert", "csv", "libsvm", "jpeg"] { #expect(!Self.cases(kind).isEmpty, "\(kind)") }
  }

  @Test(arguments: cases("onnx"))
  func networks(_ name: String) throws {
    let model = path(name, "model.onnx")
    let isSpatial = ["ool", "conv", "resize"].contains(where: name.contains)
    let shape: Shape = isSpatial ? [2, 4, 4] : [8]
    try NPY.write(Workshop.random(Shape([1] + shape)), to: shop.path("one.npy"))
    try NPY.write(Workshop.random(Shape([16] + shape)), to: shop.path("sixteen.npy"))
    let limit = ["--memory", "1GB"]
    try expectEnd(["inspect", model] + limit)
    try expectEnd(["inspect", model, "--json"] + limit)
    try expectEnd(["run", model, "--input", shop.path("one.npy"), "--output", shop.path("y.npy"), "--quiet"] + limit)
    try expectEnd(
      ["prune", model, "--calibration", shop.path("sixteen.npy"), "--keep", "0.5", "--quiet"]
        + ["-o", shop.path("small.onnx")] + limit)
  }

  @Test(arguments: cases("predict"))
  func models(_ name: String) throws {
    let data = ["data.csv", "data.svm"].map { path(name, $0) }.filter(FileManager.default.fileExists)
    try expectEnd(["predict", path(name, "model.json"), try #require(data.first)], [65])
  }

  @Test(arguments: cases("bert"))
  func configurations(_ name: String) throws {
    try expectEnd(["new", "bert", "--config", path(name, "config.json"), "-o", shop.path("bert.onnx")], [65])
  }

  @Test(arguments: cases("csv"))
  func tables(_ name: String) throws {
    let hasWeights = name.contains("weights")
    let fit = try Tool.run(
      arguments: ["fit", path(name, "data.csv"), "--target", "y", "--family", "gaussian", "--quiet"]
        + (hasWeights ? ["--weights", "w"] : []))
    #expect(fit.status == (hasWeights ? 65 : 0), "\(fit.errors)")
    if name.contains("1e999") { #expect(fit.errors.contains("is taken for text"), "\(fit.errors)") }
  }

  @Test(arguments: cases("libsvm"))
  func sparseRows(_ name: String) throws {
    try expectEnd(["fit", path(name, "data.svm"), "--format", "libsvm", "--family", "gaussian"], [65])
  }

  @Test(arguments: cases("jpeg"))
  func images(_ name: String) throws {
    let folder = shop.path("images/class")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for copy in 0..<2 {
      try FileManager.default.copyItem(atPath: path(name, "image.jpg"), toPath: "\(folder)/\(copy).jpg")
    }
    let network = shop.path("lenet.onnx")
    #expect(try Tool.run("new", "lenet", "--image", "28", "--channels", "3", "-o", network).status == 0)
    let outcome = try Tool.run("evaluate", network, "--data", shop.path("images") + ",size=28")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("pixels in 1028 bytes"), "\(outcome.errors)")
  }

  @Test func optionsThatAskForMoreThanThereIs() throws {
    let benchmark = try Tool.run("benchmark", shop.model, "--batch", "1000000", "--memory", "1MB")
    #expect(benchmark.status == 65)
    #expect(benchmark.complaint.contains("there are 1.0 MB"), "\(benchmark.errors)")
    #expect(benchmark.complaint.contains("node \""), "the node at fault is named")
    #expect(try Tool.run("benchmark", shop.model, "--threads", "100000").status == 64)
    for layers in ["1000000,1000000", "4294967296,4294967296"] {
      try expectEnd(["new", "mlp", "--layers", layers, "-o", shop.path("n.onnx")], [65])
    }
    for memory in ["0", "-1GB", "many", "1e400GB"] {
      #expect(try Tool.run("inspect", shop.model, "--memory", memory).status == 64)
    }
    #expect(try Tool.run("inspect", shop.model, "--memory", "64KB").status == 0)
  }

  @Test func aLevelForEachRow() throws {
    let rows = (0..<30_000).map { "l\($0),\($0 % 7)\n" }.joined()
    let table = try shop.folder.file("levels.csv", Array("g,y\n\(rows)".utf8))
    for target in ["y", "g"] {
      let family = target == "y" ? "gaussian" : "multinomial"
      let outcome = try Tool.run("fit", table, "--target", target, "--family", family)
      #expect(outcome.status == 65)
      #expect(outcome.complaint.contains("column \"g\": is text with 30000 levels in 30000 rows"), "\(outcome.errors)")
      #expect(outcome.complaint.hasSuffix(target == "g" ? "another target" : "--categorical"), "\(outcome.errors)")
    }
  }

  @Test func linksToFilesThatDoNotExistYet() throws {
    let table = try shop.folder.file("table.csv", Array("y,x\n1,1\n2,2\n3,3\n5,4\n".utf8))
    let manager = FileManager.default
    try manager.createDirectory(atPath: shop.path("elsewhere"), withIntermediateDirectories: true)
    try manager.createSymbolicLink(atPath: shop.path("link.json"), withDestinationPath: "elsewhere/model.json")
    let fit = ["fit", table, "--target", "y", "--family", "gaussian", "--quiet", "--model", shop.path("link.json")]
    let both = try Tool.run(arguments: fit + ["--json", shop.path("elsewhere/model.json")])
    #expect(both.status == 64, "both lead to one file")
    #expect(try Tool.run(arguments: fit).status == 0)
    #expect(try manager.destinationOfSymbolicLink(atPath: shop.path("link.json")) == "elsewhere/model.json")
    #expect(shop.exists("elsewhere/model.json"))
  }
}
