import EspalierFiles
import EspalierONNX
import EspalierTensors
import Foundation
import SwiftProtobuf
import Testing

@Suite("Damaged files give an error, never a crash")
struct DamagedFileTests {
  @Test(
    "nothing in it, another format, claims of what is not there",
    arguments: [
      ([], "is empty"),
      (Array("hello, world".utf8), "is not an ONNX model"),
      (Array("version https://git-lfs.github.com/spec/v1".utf8), "git lfs pull"),
      // Field 7, the graph, said to have 2,147,483,647 bytes; then more than an Int can count.
      ([0x3a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00], "is not an ONNX model"),
      ([0x3a] + [UInt8](repeating: 0xff, count: 9) + [0x01], "is not an ONNX model"),
    ] as [([UInt8], String)])
  func notModels(_ contents: [UInt8], _ reason: String) throws {
    try withFolder { folder in
      try AtomicFile.write(contents, to: folder + "/m.onnx")
      let fault = readingFault(folder + "/m.onnx")
      #expect(fault.hasPrefix(folder + "/m.onnx") && fault.contains(reason))
    }
  }

  @Test("no file, a folder, a pipe")
  func notFiles() throws {
    try withFolder { folder in
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      #expect(readingFault(folder + "/missing.onnx").contains("missing.onnx: does not exist"))
      #expect(readingFault(folder).contains("is a directory"))
      #expect(readingFault(folder + "/pipe").contains("pipe: is not a regular file"))
    }
  }

  private func readingFault(_ path: String) -> String {
    do throws(EspalierError) {
      _ = try ONNXFile.read(path)
      return "was accepted"
    } catch {
      return error.description
    }
  }

  @Test("a file that ends too early, wherever that is")
  func truncated() throws {
    for whole in [try FileContents.read(fixture("two-layer.onnx")), try bytes(sampleModel())] {
      for length in whole.indices {
        // A file may end between two fields of the model: what is left is then a model, or one that lacks something.
        survive(Array(whole[..<length]))
      }
    }
  }

  @Test("random bytes in a sound file", arguments: 0..<8 as Range<UInt64>)
  func flipped(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let whole = try seed % 2 == 0 ? bytes(sampleModel()) : FileContents.read(fixture("two-layer.onnx"))
    for _ in 0..<1000 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        damaged[Int.random(in: damaged.indices, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      survive(damaged)
    }
  }

  @Test("bytes that were never a file")
  func noise() throws {
    var generator = SeededGenerator(seed: 1)
    for length in 1...2000 {
      survive((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  /// Reads `bytes`; a model that is accepted must also survive writing and reading.
  private func survive(_ bytes: [UInt8]) {
    do throws(EspalierError) {
      let model = try ONNXFile.decode(bytes)
      let written = try ONNXFile.encode(model)
      let again = try ONNXFile.encode(ONNXFile.decode(written))
      #expect(again == written)
    } catch {
      #expect(!error.fault.isEmpty)
    }
  }
}
