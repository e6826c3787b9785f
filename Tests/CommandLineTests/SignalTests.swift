import EspalierArchitectures
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// A signal in the middle of writing leaves the old file, or the new one, and nothing beside them.
struct SignalTests {
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func nothingIsLeftBehind(_ signal: Int32) throws {
    let shop = try Workshop()
    let output = shop.path("large.onnx")
    var generator = SeededGenerator(seed: UInt64(signal))
    var interrupted = 0
    for _ in 0..<6 {
      let process = try Tool.start(["new", "mlp", "--layers", "2000,4000,2000", "-o", output])
      // At some moment after the file has been begun.
      while process.isRunning, try shop.unfinished.isEmpty { usleep(500) }
      usleep(UInt32.random(in: 0..<20_000, using: &generator))
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      if process.terminationStatus != 0 {
        #expect(process.terminationStatus == 128 + signal)
        interrupted += 1
      }
      #expect(try shop.unfinished.isEmpty)
      if shop.exists("large.onnx") {
        #expect(try ONNXFile.read(output).graph.constants.count == 4)
        try FileManager.default.removeItem(atPath: output)
      }
    }
    #expect(interrupted > 0, "every process had ended before its signal came")
  }

  /// Signals that the process was started to ignore stay ignored.
  @Test func ignoredSignalsStayIgnored() throws {
    let shop = try Workshop()
    let outcome = try Tool.shell(
      "trap '' HUP; \"$tool\" new mlp --layers 500,2000,500 -o \(shop.path("out.onnx")) & kill -HUP $!; wait $!")
    #expect(outcome.status == 0)
    #expect(shop.exists("out.onnx"))
  }
}

extension Workshop {
  /// Files that are being written.
  var unfinished: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".partial") }
    }
  }
}
