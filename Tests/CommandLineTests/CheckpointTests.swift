import EspalierTensors
import Foundation
import Testing

/// A command that is ended in the middle goes on from its checkpoints to the bytes of one that was not.
struct CheckpointTests {
  private let shop: Workshop

  init() throws {
    shop = try Workshop(widths: [6, 48, 48, 4])
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
  }

  private func training(_ output: String, _ more: String...) -> [String] {
    [
      "train", shop.model, "--data", "\(shop.calibration),\(shop.path("labels.npy"))", "--batch", "4", "--epochs",
      "400",
      "--threads", "1", "-o", shop.path(output), "--quiet",
    ] + more
  }

  private func pruning(_ output: String, _ more: String...) -> [String] {
    [
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--threads", "1", "-o",
      shop.path(output),
      "--quiet",
    ] + more
  }

  /// Starts the command again and again, ended by `signal` at random moments, until it ends by itself.
  private func run(
    _ arguments: [String], endedBy signal: Int32, code: Int32?, atMost microseconds: UInt32
  ) throws -> Int {
    var generator = SeededGenerator(seed: UInt64(signal))
    var interruptions = 0
    while interruptions < 40 {
      let process = try Tool.start(arguments)
      usleep(UInt32.random(in: 20_000...microseconds, using: &generator))
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      if process.terminationReason == .exit, process.terminationStatus == 0 { return interruptions }
      // Before the handler is in its place, and where there is none, the signal itself ends the process.
      let ended = process.terminationReason == .uncaughtSignal ? signal : process.terminationStatus
      #expect(ended == signal || ended == code)
      #expect(try shop.unfinished.isEmpty || signal == SIGKILL)
      interruptions += 1
    }
    let outcome = try Tool.run(arguments: arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return interruptions
  }

  @Test(arguments: [(SIGTERM, Int32?(143)), (SIGINT, Int32?(130)), (SIGKILL, Int32?.none)])
  func trainingEndsAtTheSameBytes(_ signal: Int32, code: Int32?) throws {
    #expect(try Tool.run(arguments: training("whole.onnx")).status == 0)
    let folder = shop.path("states")
    let count = try run(
      training("parts.onnx", "--checkpoint", folder, "--every", "0s"), endedBy: signal, code: code,
      atMost: 400_000)
    #expect(count > 0, "it was never interrupted")
    #expect(try shop.contents("parts.onnx") == shop.contents("whole.onnx"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty && shop.unfinished.isEmpty)
  }

  @Test(arguments: [(SIGTERM, Int32?(143)), (SIGKILL, Int32?.none)])
  func pruningEndsAtTheSameBytes(_ signal: Int32, code: Int32?) throws {
    #expect(try Tool.run(arguments: pruning("whole.onnx")).status == 0)
    let folder = shop.path("states")
    _ = try run(
      pruning("parts.onnx", "--checkpoint", folder, "--every", "0s"), endedBy: signal, code: code, atMost: 200_000)
    #expect(try shop.contents("parts.onnx") == shop.contents("whole.onnx"))
  }

  @Test func anotherCommandIsRefused() throws {
    let folder = shop.path("states")
    let process = try Tool.start(training("out.onnx", "--checkpoint", folder, "--every", "0s"))
    while process.isRunning, !FileManager.default.fileExists(atPath: folder + "/command") { usleep(1000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try #require(FileManager.default.fileExists(atPath: folder + "/command"))
    let outcome = try Tool.run(arguments: pruning("small.onnx", "--checkpoint", folder))
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("holds the states of another command"))
    #expect(!shop.exists("small.onnx"))
  }

  @Test func aDamagedStateGivesWayToTheOneBeforeIt() throws {
    #expect(try Tool.run(arguments: training("whole.onnx")).status == 0)
    let folder = shop.path("states")
    let arguments = training("parts.onnx", "--checkpoint", folder, "--every", "0s")
    let process = try Tool.start(arguments)
    func states() throws -> [String] {
      guard FileManager.default.fileExists(atPath: folder) else { return [] }
      return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".state") }.sorted()
    }
    while process.isRunning, try states().count < 2 { usleep(1000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let kept = try states()
    try #require(kept.count >= 2 && kept.count <= 3)
    let last = folder + "/" + kept[kept.count - 1]
    var bytes = try Data(contentsOf: URL(fileURLWithPath: last))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: last))
    let outcome = try Tool.run(arguments: arguments.filter { $0 != "--quiet" })
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("is damaged") && outcome.errors.contains("the state before it is taken"))
    #expect(try shop.contents("parts.onnx") == shop.contents("whole.onnx"))
  }
}
