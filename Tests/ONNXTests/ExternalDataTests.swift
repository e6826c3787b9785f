import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

@Suite("Weights in a second file")
struct ExternalDataTests {
  @Test("are read at their offset, and to the end where no length is given")
  func reading() throws {
    try withFolder { folder in
      try AtomicFile.write([9, 9, 1, 2, 3, 4], to: folder + "/weights.bin")
      try save([("location", "weights.bin"), ("offset", "2")], to: folder)
      #expect(try ONNXFile.read(folder + "/m.onnx").graph.constants["c"]?.bytes == [1, 2, 3, 4])
      try save([("location", "./weights.bin"), ("offset", "1"), ("length", "4")], to: folder)
      #expect(try ONNXFile.read(folder + "/m.onnx").graph.constants["c"]?.bytes == [9, 1, 2, 3])
    }
  }

  @Test("are refused where a symbolic link leads out of the folder, not within it")
  func links() throws {
    try withFolder { folder in
      let manager = FileManager.default
      try manager.createDirectory(atPath: folder + "/model/parts", withIntermediateDirectories: true)
      try AtomicFile.write([1, 2, 3, 4], to: folder + "/secret.bin")
      try AtomicFile.write([5, 6, 7, 8], to: folder + "/model/parts/own.bin")
      try save([("location", "w.bin")], to: folder + "/model")
      try manager.createSymbolicLink(atPath: folder + "/model/w.bin", withDestinationPath: "../secret.bin")
      let error = #expect(throws: EspalierError.self) { try ONNXFile.read(folder + "/model/m.onnx") }
      #expect(error?.description.contains("w.bin: leads out of the model's folder by a symbolic link") == true)
      try manager.removeItem(atPath: folder + "/model/w.bin")
      try manager.createSymbolicLink(atPath: folder + "/model/w.bin", withDestinationPath: "parts/own.bin")
      #expect(try ONNXFile.read(folder + "/model/m.onnx").graph.constants["c"]?.bytes == [5, 6, 7, 8])
    }
  }

  @Test(
    "are refused where they cannot be had",
    arguments: [
      ([], "has no location"),
      ([("location", "missing.bin")], "does not exist"),
      ([("location", ".")], "is a directory"),
      ([("location", "/etc/passwd")], "is outside of the model's folder"),
      ([("location", "../m.onnx")], "is outside of the model's folder"),
      ([("location", "a/../../m.onnx")], "is outside of the model's folder"),
      ([("location", "w\0.bin")], "is outside of the model's folder"),
      ([("location", "w.bin")], "has 6 bytes for a tensor that needs 4"),
      ([("location", "w.bin"), ("length", "5")], "has 5 bytes for a tensor that needs 4"),
      ([("location", "w.bin"), ("offset", "3"), ("length", "4")], "has 6 bytes, too few for the 4 at 3"),
      ([("location", "w.bin"), ("offset", "7")], "has 6 bytes, too few"),
      ([("location", "w.bin"), ("offset", "-2")], "offset \"-2\", not a number"),
      ([("location", "w.bin"), ("length", "1e3")], "length \"1e3\", not a number"),
      ([("location", "w.bin"), ("offset", "9223372036854775807"), ("length", "4")], "too few"),
      ([("location", "w.bin"), ("location", "w.bin")], "is given twice"),
      ([("location", "w.bin"), ("checksum", "00")], "\"checksum\", which is not supported"),
    ] as [([(String, String)], String)])
  func refusing(_ values: [(String, String)], _ reason: String) throws {
    try withFolder { folder in
      try AtomicFile.write([1, 2, 3, 4, 5, 6], to: folder + "/w.bin")
      try save(values, to: folder)
      let error = #expect(throws: EspalierError.self) { try ONNXFile.read(folder + "/m.onnx") }
      let description = try #require(error?.description)
      #expect(description.hasPrefix(folder + "/m.onnx, initializer \"c\"") && description.contains(reason))
    }
  }

  @Test("have no folder where the model comes from bytes")
  func noFolder() throws {
    #expect(try #require(try refusal(external([("location", "w.bin")]))).contains("read the model from its file"))
  }

  @Test("are written when asked for, each at a multiple of 4096")
  func writing() throws {
    let big = Tensor(shape: [300], (0..<300).map { Float($0) })
    let small = Tensor(shape: [2], [Int64(1), 2])
    let graph = Graph(constants: ["a": big, "b": small, "c": big, "d": Tensor(shape: [1], strings: ["text"])])
    try withFolder { folder in
      let path = folder + "/m.onnx"
      try ONNXFile.write(Model(graph), to: path, externalData: .always(above: 100))
      #expect(try ONNXFile.read(path) == Model(graph))
      #expect(try FileContents.size(path + ".data") == 4096 + 1200)
      let proto = try Onnx_ModelProto(serializedBytes: try FileContents.read(path))
      #expect(proto.graph.initializer.map { $0.dataLocation == .external } == [true, false, true, false])
      let moved = Dictionary(uniqueKeysWithValues: proto.graph.initializer[2].externalData.map { ($0.key, $0.value) })
      #expect(moved == ["location": "m.onnx.data", "offset": "4096", "length": "1200"])
    }
    try withFolder { folder in
      try ONNXFile.write(Model(graph), to: folder + "/m.onnx", externalData: .automatic)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["m.onnx"])
    }
  }

  @Test("large ones are mapped, and a model may be written onto itself")
  func mapping() throws {
    var graph = Graph()
    for name in ["a", "b"] { graph.constants[name] = Tensor(repeating: Float(name == "a" ? 1 : 2), shape: [1 << 19]) }
    try withFolder { folder in
      let path = folder + "/m.onnx"
      try ONNXFile.write(Model(graph), to: path, externalData: .always(above: 100))
      var read = try ONNXFile.read(path)
      #expect(read == Model(graph))
      #expect(read.graph.constants.values.allSatisfy { !$0.storage.isInMemory })
      // The model and its weights change by one rename: the new weights have a name of their own.
      for name in ["m.onnx.1.data", "m.onnx.data", "m.onnx.1.data"] {
        read.graph.constants["c"] = Tensor(repeating: Float(name.count), shape: [100])
        try ONNXFile.write(read, to: path, externalData: .always(above: 100))
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder)) == ["m.onnx", name])
        #expect(try ONNXFile.read(path) == read)
      }
    }
  }

  private func external(_ values: [(String, String)]) -> Onnx_ModelProto {
    model {
      ($0.dataType, $0.dims, $0.dataLocation) = (code(.float), [1], .external)
      $0.externalData = entries(values)
    }
  }

  private func save(_ values: [(String, String)], to folder: String) throws {
    try AtomicFile.write(bytes(external(values)), to: folder + "/m.onnx")
  }
}
