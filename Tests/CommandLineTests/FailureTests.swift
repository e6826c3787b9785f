import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Command lines that fail: the whole of standard error and the exit code, as committed in `Fixtures/failures.txt`.
///
/// Exit code 1 is not among them: it stands for an error of the tool's own, and none is known.
struct FailureTests {
  /// The tool's command lines; `DIR` is the folder of ``materials()``.
  private static let commandLines = [
    // The parser's: 64.
    "frobnicate", "inspect", "inspect DIR/model.onnx --frobnicate", "new mlp --layers 6,x,4 -o DIR/out.onnx",
    "prune DIR/model.onnx", "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 2 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 --method magic -o DIR/out.onnx",
    "compare DIR/model.onnx --calibration DIR/calibration.npy --methods l1,magic",
    "compare DIR/model.onnx --calibration DIR/calibration.npy --sizes 0.5,2",
    "train DIR/model.onnx --data DIR/calibration.npy,DIR/labels.npy --optimizer adam -o DIR/out.onnx",
    "evaluate DIR/model.onnx", "fit DIR/table.csv", "reproduce frobnicate",
    "reproduce ispasp-resnet34 --data DIR --output-directory DIR/out --methods magic",

    // Values and combinations that make no sense: 64.
    "new mlp --layers 6 -o DIR/out.onnx", "new lenet --image 18 -o DIR/out.onnx",
    "new resnet18 --width 0 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 --samples 0 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --budget speed=2 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --budget macs=0.5 --keep 0.5 -o DIR/out.onnx",
    "sensitivity DIR/model.onnx --calibration DIR/calibration.npy --sizes 0.5,2",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 -o DIR/calibration.npy",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 -o DIR/out --json DIR/out",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 -o -",
    "train DIR/model.onnx --data DIR/calibration.npy,DIR/labels.npy --epochs 0 -o DIR/out.onnx",
    "finetune DIR/model.onnx -o DIR/out.onnx", "benchmark DIR/model.onnx --seconds nan",
    "benchmark DIR/model.onnx --threads 100000",
    "fit DIR/table.csv --target y --family binomial --exposure x",
    "fit DIR/table.csv --target y --family gaussian --validation 2",
    "reproduce ispasp-decay --trials 0", "demo --epochs 0",

    // Networks that cannot be used: 65.
    "inspect DIR/absent.onnx", "inspect DIR", "inspect DIR/empty.onnx", "inspect DIR/truncated.onnx",
    "evaluate DIR/unknown.onnx --data DIR/calibration.npy,DIR/labels.npy",
    "run DIR/model.onnx --input other=DIR/calibration.npy --output DIR/y.npy",
    "run DIR/model.onnx --output DIR/y.npy", "new bert --config DIR/gpt2.json -o DIR/out.onnx",

    // Data that cannot be used: 65.
    "prune DIR/model.onnx --calibration DIR/absent.npy --keep 0.5 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/wide.npy --keep 0.5 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/nan.npy --keep 0.5 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/gpt2.json --keep 0.5 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep fc9=0.5 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 --only fc9 -o DIR/out.onnx",
    "train DIR/model.onnx --data DIR/calibration.npy -o DIR/out.onnx",
    "train DIR/model.onnx --data DIR/calibration.npy,DIR/many.npy -o DIR/out.onnx",
    "evaluate DIR/model.onnx --data DIR/calibration.npy", "evaluate DIR/model.onnx --data mnist:DIR",
    "fit DIR/absent.csv --target y --family gaussian", "fit DIR/table.csv --family gaussian",
    "fit DIR/table.csv --target z --family gaussian",
    "fit DIR/words.csv --target y --family gaussian", "fit DIR/gaps.csv --target y --family gaussian",
    "fit DIR/ragged.csv --target y --family gaussian", "fit DIR/table.csv --target y --family binomial",
    "predict DIR/gpt2.json DIR/table.csv", "tokenize DIR/table.csv --tokenizer DIR",
    "reproduce ispasp-mnist --data mnist:DIR",

    // Outputs that cannot be written: 65.
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 -o DIR/no/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 -o DIR",

    // Nothing to do, or refused: 2.
    "prune DIR/shallow.onnx --calibration DIR/calibration.npy --keep 0.5 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --keep 0.5 --only fc2 -o DIR/out.onnx",
    "prune DIR/model.onnx --calibration DIR/calibration.npy --budget macs=0.01 -o DIR/out.onnx --quiet",
    "recalibrate DIR/model.onnx --calibration DIR/calibration.npy -o DIR/out.onnx",
    "fit DIR/table.csv --target y --family gaussian --method sgd --step 1e9 --model DIR/out.json --quiet",

    // A fit that ended without a certificate: 3.
    "fit DIR/separated.csv --target y --family binomial --quiet",
  ]

  @Test func everyFailureIsAsCommitted() throws {
    let shop = try materials()
    func files() throws -> Set<String> { Set(try FileManager.default.subpathsOfDirectory(atPath: shop.folder.path)) }
    let before = try files()
    var statuses: Set<Int32> = []
    var text = ""
    for line in Self.commandLines {
      let arguments = line.split(separator: " ").map { String($0).replacing("DIR", with: shop.folder.path) }
      let outcome = try Tool.run(arguments: arguments)
      statuses.insert(outcome.status)
      text += "$ espalier \(line)\n\(outcome.errors.replacing(shop.folder.path, with: "DIR"))[\(outcome.status)]\n\n"
    }
    #expect(statuses == [2, 3, 64, 65])
    #expect(try files() == before, "a failure wrote a file")
    try Snapshot(name: "failures.txt").compare(text)
  }

  /// A folder with files of all kinds, good and bad.
  private func materials() throws -> Workshop {
    let shop = try Workshop()
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 7) }), to: shop.path("many.npy"))
    try NPY.write(Tensor(repeating: Float(1), shape: [10, 7]), to: shop.path("wide.npy"))
    try NPY.write(Tensor(repeating: Float.nan, shape: [10, 6]), to: shop.path("nan.npy"))
    _ = try shop.folder.file("empty.onnx", [])
    _ = try shop.folder.file("truncated.onnx", try shop.contents("model.onnx").dropLast(100))
    var unknown = try ONNXFile.read(shop.model)
    unknown.graph.nodes[1].op = "Frobnicate"
    try ONNXFile.write(unknown, to: shop.path("unknown.onnx"))
    let shallow = try Workshop(widths: [6, 4])
    _ = try shop.folder.file("shallow.onnx", try shallow.contents("model.onnx"))
    for (name, text) in [
      ("gpt2.json", "{\"model_type\": \"gpt2\"}"), ("table.csv", "y,x\n1,1\n2,2\n3,3\n5,4\n"),
      ("words.csv", "y,x\n1,1\none,2\n"), ("gaps.csv", "y,x\n1,1\n2,NA\n3,3\n"), ("ragged.csv", "y,x\n1,1\n2\n"),
      ("separated.csv", "y,x\n0,1\n0,2\n1,3\n1,4\n"),
    ] {
      _ = try shop.folder.file(name, Array(text.utf8))
    }
    return shop
  }
}
