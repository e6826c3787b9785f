import EspalierTensors
import Foundation
import Testing

/// Results do not depend on the number of threads, to the last bit, where all sums are ours to order.
struct ThreadCountTests {
  private let shop: Workshop

  init() throws { shop = try Workshop(widths: [6, 16, 8, 4]) }

  /// What a command writes to `small.onnx` with so many threads.
  private func result(threads: Int, _ arguments: [String]) throws -> Data {
    let outcome = try Tool.run(
      arguments: arguments + ["--threads", "\(threads)", "--quiet", "-o", shop.path("small.onnx")],
      environment: ["OMP_NUM_THREADS": "8"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try shop.contents("small.onnx")
  }

  private func expectSame(_ arguments: String...) throws {
    let one = try result(threads: 1, arguments)
    for threads in [2, 5] {
      #expect(try result(threads: threads, arguments) == one, "\(arguments) with \(threads) threads")
    }
  }

  @Test func sumsOverManySamples() throws {
    try NPY.write(Workshop.random([5000, 6]), to: shop.calibration)
    for method in ["auto", "ispasp", "wanda", "l2"] {
      try expectSame(
        "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--method", method, "--batch", "5000")
    }
  }

  @Test func training() throws {
    try NPY.write(Workshop.random([4096, 6]), to: shop.calibration)
    let labels = shop.path("labels.npy")
    try NPY.write(Tensor(shape: [4096], (0..<4096).map { Int64($0 % 4) }), to: labels)
    for optimizer in ["sgdm", "sppam"] {
      try expectSame(
        "train", shop.model, "--data", "\(shop.calibration),\(labels)", "--epochs", "1", "--batch", "4096",
        "--optimizer", optimizer)
    }
  }

  @Test func fits() throws {
    // More than two blocks of rows, and more than one of columns.
    let columns = 0..<150
    let rows = (0..<3000).map { row in
      columns.map { "\((row * 37 + $0 * 101 + row * row * ($0 + 3) + row * $0 * $0) % 211)" }
    }
    let table = ([columns.map { "x\($0)" }] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
    try Data(table.utf8).write(to: URL(fileURLWithPath: shop.path("t.csv")))
    func model(threads: Int) throws -> Data {
      let outcome = try Tool.run(
        "fit", shop.path("t.csv"), "--target", "x0", "--family", "gaussian", "--quiet", "--threads", "\(threads)",
        "--model", shop.path("model.json"))
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try shop.contents("model.json")
    }
    let one = try model(threads: 1)
    for threads in [2, 5] { #expect(try model(threads: threads) == one) }
  }

  @Test func windowsOfConvolutions() throws {
    let (model, images) = (shop.path("lenet.onnx"), shop.path("images.npy"))
    #expect(try Tool.run("new", "lenet", "-o", model).status == 0)
    try NPY.write(Workshop.random([40, 1, 28, 28]), to: images)
    try expectSame("prune", model, "--calibration", images, "--keep", "0.5")
  }
}
