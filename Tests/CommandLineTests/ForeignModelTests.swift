import EspalierTestSupport
import Foundation
import Testing

/// Files of other tools given as models.
struct ForeignModelTests {
  @Test(arguments: [
    ("net.pt", "PK\u{3}\u{4}net/data.pkl", "torch.onnx.export("),
    ("best.pt", "PK\u{3}\u{4}best/data.pkl ultralytics.nn.tasks", "yolo export model="),
    ("renamed.onnx", "PK\u{3}\u{4}net/data.pkl", "torch.onnx.export("),
    ("net.pth", "no pickle at all", "torch.onnx.export("),
    ("net.tflite", "\u{1C}\u{0}\u{0}\u{0}TFL3", "python -m tf2onnx.convert --tflite"),
    ("net.keras", "PK\u{3}\u{4}metadata.json config.json model.weights.h5", "keras.saving.load_model("),
    ("net.h5", "an old file", "python -m tf2onnx.convert --keras"),
    ("net.safetensors", "12345678{\"a\":{\"dtype\":\"F32\"}}", "optimum-cli export onnx --model"),
    ("frozen.pb", "\nnode", "python -m tf2onnx.convert --graphdef"),
    ("saved_model.pb", "\nnode", "python -m tf2onnx.convert --saved-model"),
    ("net.engine", "ftrt", "trtexec --onnx="), ("net.gguf", "GGUF", "optimum-cli"),
    ("x.npz", "PK\u{3}\u{4}x.npy", "give it as data"),
  ])
  func aForeignModelIsAnsweredWithTheLineThatExportsIt(name: String, contents: String, line: String) throws {
    let shop = try Workshop()
    let path = try shop.folder.file(name, Array(contents.utf8))
    let outcome = try Tool.run("inspect", path)
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.complaint.contains("not an ONNX model; ") && outcome.complaint.contains(line), "\(outcome.errors)")
    #expect(!outcome.complaint.contains("\n"))
  }

  @Test func aFolderOfTensorFlowIsRecognised() throws {
    let shop = try Workshop()
    try FileManager.default.createDirectory(atPath: shop.path("saved"), withIntermediateDirectories: true)
    _ = try shop.folder.file("saved/saved_model.pb", [8, 1])
    let outcome = try Tool.run("inspect", shop.path("saved"))
    #expect(outcome.errors.contains("--saved-model \(shop.path("saved")) --output model.onnx"))
  }
}
