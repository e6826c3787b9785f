import EspalierFiles
import EspalierGraph
import EspalierONNX
import Foundation
import SwiftProtobuf
import Testing

/// Reads every model and tensor of ONNX's own tests, which Debian's package `libonnx-testdata` holds.
@Suite("The models of ONNX's own tests")
struct StandardModelsTests {
  /// The reasons for which a model of that package may be refused; any other is a fault of the reader.
  private static let expectedReasons = [
    "opset 1: is not supported", "opset 2: is not supported", "opset 3: is not supported", "opset 4: is not supported",
    "opset 5: is not supported", "opset 6: is not supported", "opset 7: is not supported", "opset 8: is not supported",
    "float8e4m3fn is not supported", "float8e4m3fnuz is not supported", "float8e5m2 is not supported",
    "float8e5m2fnuz is not supported",
    "holds training information", "model: defines functions",
  ]

  @Test("each is read and written again, or refused for an expected reason")
  func models() throws {
    var roundTrips = 0
    var refusals: [String: Int] = [:]
    for path in try files(ending: "model.onnx") {
      let bytes = try FileContents.read(path)
      do throws(EspalierError) {
        let model = try ONNXFile.read(path)
        let written = try ONNXFile.encode(model)
        let again = try ONNXFile.decode(written)
        #expect(again == model, "\(path)")
        let (before, after) = try (parse(bytes), parse(written))
        #expect(before.normalised == after, "\(path)")
        roundTrips += 1
      } catch {
        let reason = Self.expectedReasons.first { error.description.contains($0) }
        #expect(reason != nil, "\(error)")
        refusals[reason ?? "unexpected", default: 0] += 1
      }
    }
    print("ONNX's own models: \(roundTrips) read and written again, \(refusals.values.reduce(0, +)) refused")
    for (reason, count) in refusals.sorted(by: { $0.key < $1.key }) { print("  \(count)  \(reason)") }
    #expect(roundTrips > 850)
  }

  @Test("each tensor is read; only sequences and optional values are refused")
  func tensors() throws {
    var (read, refused) = (0, 0)
    for path in try files(ending: ".pb") {
      let bytes = try FileContents.read(path)
      do throws(EspalierError) {
        let tensor = try ONNXFile.readTensor(path)
        let message = try? Onnx_TensorProto(serializedBytes: bytes)
        #expect(message?.dims.map { Int($0) } == tensor.shape.sizes, "\(path)")
        if tensor.elementType != .string { #expect(message?.normalised.rawData == Data(tensor.bytes), "\(path)") }
        read += 1
      } catch {
        #expect(try !declaresOnlyTensors(path), "\(error)")
        refused += 1
      }
    }
    print("ONNX's own tensors: \(read) read, \(refused) refused")
    #expect(read > 2500)
  }

  /// Whether the inputs and outputs of the model that a file of test data belongs to are all tensors.
  private func declaresOnlyTensors(_ path: String) throws -> Bool {
    let model = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path + "/model.onnx"
    let graph = try Onnx_ModelProto(serializedBytes: try FileContents.read(model)).graph
    return (graph.input + graph.output).allSatisfy { if case .tensorType = $0.type.value { true } else { false } }
  }

  private func parse(_ bytes: [UInt8]) throws(EspalierError) -> Onnx_ModelProto {
    do { return try Onnx_ModelProto(serializedBytes: bytes) } catch {
      throw EspalierError(.file, "message", "\(error)")
    }
  }

  private func files(ending suffix: String) throws -> [String] {
    let folder = "/usr/share/libonnx-testdata/data"
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    try #require(!files.isEmpty, "\(folder) is missing: install it with apt-get install libonnx-testdata")
    return files.filter { $0.hasSuffix(suffix) }.sorted().map { folder + "/" + $0 }
  }
}
