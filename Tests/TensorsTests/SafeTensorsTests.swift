import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Foundation
import OrderedCollections
import Testing

@Suite struct SafeTensorsTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// A file with this header and so many bytes behind it.
  private func file(_ header: String, room: Int) throws -> String {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    return try folder.file("made.safetensors", length + Array(header.utf8) + [UInt8](repeating: 0, count: room))
  }

  private func fault(_ path: String) throws -> EspalierError {
    let error = try #require(dataError { () throws(EspalierError) in try SafeTensors(path) })
    #expect(error.subject.hasPrefix(path))
    return error
  }

  /// The file is that of the Python package (`make_fixtures.py` says how it was made).
  @Test func readsWhatThePackageWrites() throws {
    let file = try SafeTensors(fixture("package.safetensors"))
    #expect(file.metadata == ["format": "np", "ünï": "\"quoted\""])
    let types: [String: ElementType] = [
      "f64": .float64, "f32": .float32, "f16": .float16, "bf16": .bfloat16, "i64": .int64, "i32": .int32, "u8": .uint8,
    ]
    for (name, type) in types {
      let tensor = try file.tensor(name)
      #expect(tensor.elementType == type && tensor.shape == [2, 3] && tensor.doubles() == [0, 1, 2, 3, 4, 5])
      #expect(try file.floats(name) == Tensor(shape: [2, 3], [0, 1, 2, 3, 4, 5] as [Float]))
    }
    #expect(try file.tensor("bool") == Tensor(shape: [3], [true, false, true]))
    #expect(try file.tensor("scalar") == Tensor(scalar: Float(7)))
    #expect(try file.tensor("empty").shape == [0, 4])
    // Half precision in full: a subnormal, the largest, an infinity.
    #expect(try file.floats("special f16").elements(as: Float.self) == [0x1p-24, 65504, -.infinity])
    #expect(try file.floats("special bf16").elements(as: Float.self) == [0x1p-133, 0x1.fep127, -.infinity])
    #expect(file.entries.count == 12 && file["f32"]?.byteCount == 24 && file["none"] == nil)
  }

  @Test func anUnknownNameIsAnError() throws {
    let file = try SafeTensors(fixture("package.safetensors"))
    let error = dataError { () throws(EspalierError) in try file.tensor("none") }
    #expect(error?.fault.contains("none") == true && error?.remedy?.contains("f64") == true)
  }

  @Test func readsWhatItWrote() throws {
    let path = folder.path + "/written.safetensors"
    let tensors: OrderedDictionary = [
      "a \"b\" é": Tensor(shape: [3], [1, 2, 3] as [UInt8]), "b": Tensor(shape: [2, 2], [1, 2, 3, 4] as [Float]),
      "c": Tensor(shape: [0], [Double]()), "d": Tensor(shape: [1], elementType: .bfloat16, bytes: [0x80, 0x3F]),
    ]
    try SafeTensors.write(tensors, metadata: ["format": "pt"], to: path)
    let file = try SafeTensors(path)
    for (name, tensor) in tensors { #expect(try file.tensor(name) == tensor) }
    #expect(file.metadata == ["format": "pt"] && file.entries.map(\.name) == ["c", "b", "d", "a \"b\" é"])
    // Each tensor is aligned to its elements.
    for entry in file.entries { #expect(entry.offset % entry.elementType.byteCount! == 0) }
    try SafeTensors.write([:], to: path)
    #expect(try SafeTensors(path).entries.isEmpty)
    let text = Tensor(shape: [1], strings: ["a"])
    #expect(
      dataError { () throws(EspalierError) in try SafeTensors.write(["a": text], to: path) }?.fault.contains("string")
        == true)
  }

  @Test(arguments: [
    (
      #"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "#
        + #""b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}"#,
      "overlaps"
    ),
    (#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]}}"#, "does not follow"),
    (#"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}"#, "belong to no tensor"),
    (#"{"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}"#, "12 are there"),
    (#"{"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 16]}}"#, "12 are there"),
    (#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [12, 8]}}"#, "12 are there"),
    (#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}}"#, "12 are there"),
    (#"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 12]}}"#, "12 bytes where"),
    (#"{"a": {"dtype": "F32", "shape": [-3], "data_offsets": [0, 12]}}"#, "impossible shape"),
    (#"{"a": {"dtype": "F32", "shape": [4611686018427387904, 4], "data_offsets": [0, 12]}}"#, "impossible shape"),
    (#"{"a": {"dtype": "F8_E4M3", "shape": [12], "data_offsets": [0, 12]}}"#, "F8_E4M3"),
    (#"{"a": {"dtype": "F32", "shape": [3]}}"#, "lacks"),
    (#"{"a": {"dtype": "F32", "shape": [3.5], "data_offsets": [0, 12]}}"#, "lacks"),
    (#"{"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 99999999999999999999]}}"#, "lacks"),
    (#"{"a": 3}"#, "lacks"), (#"{"__metadata__": {"a": 1}}"#, "no text"), (#"{"__metadata__": []}"#, "no JSON object"),
    (
      #"{"a": {"dtype": "U8", "shape": [12], "data_offsets": [0, 12]}, "#
        + #""a": {"dtype": "U8", "shape": [12], "data_offsets": [0, 12]}}"#,
      "twice"
    ),
    ("{\"a\"", "not valid JSON"), ("[]", "no JSON object"), ("", "no JSON object"),
  ])
  func falseHeadersAreRefused(header: String, word: String) throws {
    let error = try fault(try file(header, room: 12))
    #expect(error.description.contains(word), "\(error)")
  }

  @Test func falseLengthsAreRefused() throws {
    #expect(try fault(folder.file("a", [1, 2, 3])).fault.contains("3 bytes"))
    let huge = try folder.file("a", [UInt8](repeating: 0xFF, count: 8) + Array("{}".utf8))
    #expect(try fault(huge).fault.contains("18446744073709551615"))
    #expect(try fault(folder.file("a", [9, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8))).fault.contains("truncated"))
    let notUTF8 = try folder.file("a", [5, 0, 0, 0, 0, 0, 0, 0] + Array("{\"".utf8) + [0xFF] + Array("\":".utf8))
    #expect(try fault(notUTF8).fault.contains("UTF-8"))
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = try fixtureBytes("package.safetensors")
    for count in 0..<bytes.count { _ = try fault(folder.file("cut", bytes[..<count])) }
    _ = try fault(folder.file("long", bytes + [0]))
  }

  @Test func randomDamageNeverCrashes() throws {
    let original = try fixtureBytes("package.safetensors")
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<1500 {
      var bytes = original
      for _ in 0...generator.index(below: 3) {
        bytes[generator.index(below: bytes.count)] = UInt8(generator.index(below: 256))
      }
      let path = try folder.file("damaged", bytes)
      let error = dataError { () throws(EspalierError) in
        let file = try SafeTensors(path)
        for entry in file.entries { _ = try file.floats(entry.name) }
      }
      #expect(error == nil || error!.subject.hasPrefix(path))
    }
  }
}
