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

  /// A field of a message: its number, and contents that are text or a message.
  private func field(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
    var (length, bytes) = (contents.count, [number << 3 | 2])
    repeat {
      bytes.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
      length >>= 7
    } while length > 0
    return bytes + contents
  }

  /// Each empty message takes two bytes of the file and, were all parsed at once, hundreds in memory.
  @Test("hundreds of thousands of empty messages")
  func emptyMessages() throws {
    func refusal(_ number: UInt8, inNode: Bool = false) -> String {
      var list: [UInt8] = []
      for _ in 0..<300_000 { list += [number << 3 | 2, 0] }
      let graph = inNode ? field(1, field(4, Array("Relu".utf8)) + list) : list
      do throws(EspalierError) {
        _ = try ONNXFile.decode([0x08, 0x09] + field(8, [0x10, 0x11]) + field(7, graph))
        return "was accepted"
      } catch {
        return error.description
      }
    }
    #expect(refusal(1).contains("does not say which operator it applies"))
    #expect(refusal(5).contains("initializer \"\": has no name"))
    for values in [11, 12, 13] as [UInt8] { #expect(refusal(values).contains("\"\": has no name")) }
    #expect(refusal(14).contains("has quantization annotations"))
    #expect(refusal(15).contains("has sparse initializers"))
    #expect(refusal(5, inNode: true).contains("name: is missing"))
  }

  @Test("a graph given twice")
  func twoGraphs() throws {
    let fault = #expect(throws: EspalierError.self) {
      try ONNXFile.decode([0x08, 0x09] + field(8, [0x10, 0x11]) + field(7, []) + field(7, []))
    }
    #expect(fault?.description == "graph: is given twice")
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
