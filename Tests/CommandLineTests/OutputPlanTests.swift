import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// No output replaces an input or another output: exit code 64 before any work, and both are named.
struct OutputPlanTests {
  private let shop: Workshop
  private let manager = FileManager.default

  init() throws {
    shop = try Workshop()
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
    _ = try shop.folder.file("table.csv", Array("y,x\n1,1\n2,2\n3,3\n5,4\n".utf8))
  }

  private var data: String { "\(shop.calibration),\(shop.path("labels.npy"))" }

  /// The name of the folder, for paths that leave it and come back.
  private var folderName: String { URL(fileURLWithPath: shop.folder.path).lastPathComponent }

  private func prune(_ arguments: String...) -> [String] {
    ["prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--quiet"] + arguments
  }

  /// Refused, with both files named, and nothing in the folder changed.
  private func expectRefusal(
    _ arguments: [String], naming words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    func state() throws -> [String: Data?] {
      let names = try manager.subpathsOfDirectory(atPath: shop.folder.path)
      return Dictionary(uniqueKeysWithValues: names.map { ($0, try? shop.contents($0)) })
    }
    let before = try state()
    let outcome = try Tool.run(arguments: arguments)
    #expect(outcome.status == 64, "\(arguments) \(outcome.errors)", sourceLocation: sourceLocation)
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation) }
    #expect(!outcome.complaint.contains("\n"), "one sentence", sourceLocation: sourceLocation)
    #expect(try state() == before, sourceLocation: sourceLocation)
  }

  @Test func twoOutputsInOnePlace() throws {
    let out = shop.path("out.onnx")
    try expectRefusal(prune("-o", out, "--json", out), naming: ["--output \(out)", "--json \(out)"])
    try expectRefusal(prune("-o", out, "--report", shop.path("./out.onnx")), naming: ["--output", "--report"])
    try expectRefusal(prune("-o", out, "--json", out + ".data"), naming: ["--output", "--json"])
    try expectRefusal(
      prune("-o", out, "--json", shop.path("../\(folderName)/r"), "--report", shop.path("r")),
      naming: ["--json", "--report"])
    let link = shop.path("link.json")
    _ = try shop.folder.file("real.json", Data("{}".utf8))
    try manager.createSymbolicLink(atPath: link, withDestinationPath: shop.path("real.json"))
    try expectRefusal(
      prune("-o", out, "--json", link, "--report", shop.path("real.json")), naming: ["--json", "--report"])
    try expectRefusal(
      prune("-o", out, "--json", "-", "--report", "-"), naming: ["--json", "--report", "standard output"])
    try expectRefusal(prune("-o", "-"), naming: ["--output", "standard output"])
    let table = shop.path("table.csv")
    let fit = ["fit", table, "--target", "y", "--family", "gaussian"]
    try expectRefusal(fit + ["--model", link, "--trace", link], naming: ["--model", "--trace"])
    try expectRefusal(fit + ["--json", "-", "--trace", "-"], naming: ["--json", "--trace"])
    try expectRefusal(
      ["run", shop.model, "--input", shop.calibration, "--output", "-"], naming: ["--output", "standard output"])
  }

  @Test func anOutputInThePlaceOfAnInput() throws {
    let (model, inputs, out) = (shop.model, shop.calibration, shop.path("out.onnx"))
    for arguments in [
      prune("-o", inputs), prune("-o", out, "--json", inputs), prune("-o", out, "--report", model),
      prune("-o", out, "--json", shop.path("../\(folderName)/model.onnx")),
      ["run", model, "--input", inputs, "--output", inputs],
      ["run", model, "--input", inputs, "--output", "output=\(inputs)"],
      ["train", model, "--data", data, "-o", shop.path("labels.npy")],
      ["train", model, "--data", data, "-o", out, "--json", model],
      ["evaluate", model, "--data", data, "--json", shop.path("labels.npy")],
      ["benchmark", model, "--json", model],
      ["finetune", model, "--teacher", model, "--calibration", inputs, "-o", model],
      ["recalibrate", model, "--calibration", inputs, "-o", inputs],
    ] {
      try expectRefusal(arguments, naming: ["would replace the input", shop.folder.path])
    }
    let table = shop.path("table.csv")
    let fit = ["fit", table, "--target", "y", "--family", "gaussian", "--quiet"]
    for option in ["--model", "--json", "--trace", "--report"] {
      try expectRefusal(fit + [option, table], naming: [option, table])
    }
    try expectRefusal(
      ["probe", table, "--target", "y", "--family", "gaussian", "--json", table], naming: ["--json", table])
    #expect(try Tool.run(arguments: fit + ["--model", shop.path("model.json")]).status == 0)
    let predict = ["predict", shop.path("model.json"), table, "-o"]
    try expectRefusal(predict + [table], naming: ["--output", table])
    try expectRefusal(predict + [shop.path("model.json")], naming: ["--output", "model.json"])
  }

  @Test func linksLeadToTheSameFile() throws {
    let link = shop.path("link.npy")
    try manager.createSymbolicLink(atPath: link, withDestinationPath: "calibration.npy")
    try expectRefusal(prune("-o", link), naming: ["--output \(link)", shop.calibration])
    let hard = shop.path("hard.npy")
    try manager.linkItem(atPath: shop.calibration, toPath: hard)
    try expectRefusal(prune("-o", shop.path("out.onnx"), "--json", hard), naming: ["--json \(hard)", shop.calibration])
    let folder = shop.path("folder")
    try manager.createSymbolicLink(atPath: folder, withDestinationPath: shop.folder.path)
    try expectRefusal(prune("-o", folder + "/calibration.npy"), naming: [shop.calibration])
  }

  @Test func filesThatBelongToAnInput() throws {
    // The weights of a model lie in a file whose name does not follow from the model's.
    let model = try ONNXFile.read(shop.model)
    let external = shop.path("external.onnx")
    try ONNXFile.write(model, to: external, externalData: .always(above: 0))
    let command = ["prune", external, "--calibration", shop.calibration, "--keep", "0.5", "-o"]
    try expectRefusal(command + [external + ".data"], naming: ["--output", "external.onnx.data"])
    try manager.moveItem(atPath: external, toPath: shop.path("renamed.onnx"))
    try expectRefusal(
      ["prune", shop.path("renamed.onnx"), "--calibration", shop.calibration, "--keep", "0.5", "-o", external],
      naming: ["external.onnx.data", "MODEL"])

    // An image in a folder of data is an input; a report beside the images is not.
    let images = shop.path("images")
    try manager.createDirectory(atPath: images + "/class", withIntermediateDirectories: true)
    _ = try shop.folder.file("images/class/photo.png", Data("not a photo".utf8))
    let target = images + "/class/photo.png"
    try expectRefusal(
      ["train", shop.model, "--data", images + ",size=8", "-o", target], naming: ["--output", "photo.png", "--data"])
    try expectRefusal(
      ["train", shop.model, "--data", "images:" + images, "-o", shop.path("out.onnx"), "--json", target],
      naming: ["--json", "photo.png"])

    // The tokenizer beside a network.
    let vocabulary = try shop.folder.file("vocab.txt", Data("[PAD]\n".utf8))
    try expectRefusal(
      ["train", shop.model, "--data", data, "-o", shop.path("out.onnx"), "--json", vocabulary],
      naming: ["--json", "vocab.txt"])
  }

  @Test func filesInAFolder() throws {
    let dense = shop.path("dense.onnx")
    try manager.copyItem(atPath: shop.model, toPath: dense)
    for name in ["ispasp-resnet34", "ispasp-bert"] {
      try expectRefusal(
        ["reproduce", name, "--data", shop.calibration, "--model", dense, "--output-directory", shop.folder.path],
        naming: ["--output-directory", "dense.onnx", "--model"])
    }
  }

  /// The one exception: a network may be changed where it is.
  @Test func aNetworkMayTakeItsOwnPlace() throws {
    #expect(try Tool.run(arguments: prune("-o", shop.path("./model.onnx"))).status == 0)
    #expect(try ONNXFile.read(shop.model).graph.constants["fc1.weight"]?.shape == [8, 6])
    let trained = try Tool.run(
      "train", shop.model, "--data", data, "--batch", "8", "--epochs", "1", "-o", shop.model, "--quiet")
    #expect(trained.status == 0, "\(trained.errors)")
    // Its weights beside it are its own as well.
    let external = shop.path("external.onnx")
    try ONNXFile.write(ONNXFile.read(shop.model), to: external, externalData: .always(above: 0))
    let pruned = try Tool.run(
      "prune", external, "--calibration", shop.calibration, "--keep", "0.5", "-o", external, "--quiet")
    #expect(pruned.status == 0, "\(pruned.errors)")
    #expect(try ONNXFile.read(external).graph.constants["fc1.weight"]?.shape == [4, 6])
  }
}
