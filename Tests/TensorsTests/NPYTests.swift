import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Foundation
import OrderedCollections
import Testing

@Suite struct NPYTests {
  static let types: [String: ElementType] = [
    "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
    "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64,
  ]

  @Test(arguments: types.keys.sorted())
  func readsEveryRealType(code: String) throws {
    // Numbers of one byte have no order of bytes.
    let isByte = Self.types[code]?.byteCount == 1
    for file in ["\(code).npy"] + (isByte ? [] : ["big-\(code).npy"]) {
      let tensor = try NPY.read(fixture(file))
      #expect(tensor.shape == [2, 3])
      #expect(tensor.elementType == Self.types[code])
      #expect(tensor.doubles() == [0, 1, 2, 3, 4, 5])
    }
  }

  @Test func readsComplexNumbersAndBools() throws {
    for file in ["c8.npy", "big-c8.npy"] {
      let tensor = try NPY.read(fixture(file))
      #expect(tensor.elementType == .complex64)
      let parts = Tensor(shape: [12], elementType: .float32, bytes: tensor.bytes)
      #expect(parts.floats() == [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0])
    }
    for file in ["c16.npy", "big-c16.npy"] {
      let tensor = try NPY.read(fixture(file))
      #expect(tensor.elementType == .complex128)
      let parts = Tensor(shape: [12], elementType: .float64, bytes: tensor.bytes)
      #expect(parts.doubles() == [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0])
    }
    #expect(try NPY.read(fixture("b1.npy")) == Tensor(shape: [2, 3], [false, true, false, true, false, true]))
  }

  @Test func readsEveryVersionOrderAndRank() throws {
    for version in ["version2.npy", "version3.npy"] {
      #expect(try NPY.read(fixture(version)).floats() == [0, 1, 2, 3, 4, 5])
    }
    #expect(try NPY.read(fixture("fortran.npy")) == Tensor(shape: [2, 3, 4], (0..<24).map(Int32.init)))
    #expect(try NPY.readHeader(fixture("fortran.npy")).isFortranOrder)
    #expect(try NPY.read(fixture("scalar.npy")) == Tensor(scalar: Float(7)))
    #expect(try NPY.read(fixture("empty.npy")) == Tensor(shape: [0, 3], [Float]()))
  }

  @Test(arguments: [
    ("records.npy", "structured"), ("text.npy", "<U3"), ("objects.npy", "|O"),
  ])
  func namesTypesThatAreNotUnderstood(file: String, word: String) throws {
    let error = try #require(dataError { () throws(EspalierError) in try NPY.read(fixture(file)) })
    #expect(error.subject == fixture(file))
    #expect(error.fault.contains(word))
    #expect(error.remedy != nil)
  }

  /// A file of NumPy is the same to the last byte after it is read and written again.
  @Test(arguments: [
    "f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1", "c8", "c16", "scalar", "vector", "empty",
  ])
  func writesWhatNumPyWrites(name: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/written.npy"
    try NPY.write(NPY.read(fixture("\(name).npy")), to: path)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == fixtureBytes("\(name).npy"))
  }

  @Test func refusesToWriteWhatNumPyDoesNotHave() throws {
    let directory = try TemporaryDirectory()
    let tensor = Tensor(shape: [1], elementType: .bfloat16, bytes: [0, 0])
    let error = dataError { () throws(EspalierError) in try NPY.write(tensor, to: directory.path + "/no.npy") }
    #expect(error?.fault.contains("bfloat16") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }

  @Test func everyTruncationIsRefused() throws {
    let directory = try TemporaryDirectory()
    let bytes = try fixtureBytes("f4.npy")
    for count in 0..<bytes.count {
      let path = try directory.file("cut.npy", bytes[..<count])
      #expect(dataError { () throws(EspalierError) in try NPY.read(path) }?.subject == path, "\(count) bytes")
    }
    let long = try directory.file("long.npy", bytes + [0])
    #expect(dataError { () throws(EspalierError) in try NPY.read(long) }?.fault.contains("25 bytes of data") == true)
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999, 99999999999999), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999999,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000,), }",
    "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': 1, 'shape': (1,)}",
    "{'descr': '', 'fortran_order': True, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': True, 'shape': (1,)} and more",
    "{", "", "{'descr", "{'descr':", "{'descr': [", "{'shape': (", "{'shape': (1", "{'shape': (1,", "[]",
  ])
  func falseHeadersAreRefused(text: String) throws {
    let directory = try TemporaryDirectory()
    let head: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0]
    let path = try directory.file("false.npy", head + Array(text.utf8) + [0, 0, 0, 0])
    let error = try #require(dataError { () throws(EspalierError) in try NPY.read(path) })
    #expect(error.subject == path)
  }

  @Test(arguments: ["f4.npy", "fortran.npy", "version2.npy", "big-c16.npy", "records.npy"])
  func randomDamageNeverCrashes(file: String) throws {
    let directory = try TemporaryDirectory()
    let original = try fixtureBytes(file)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<400 {
      var bytes = original
      for _ in 0...generator.index(below: 3) {
        bytes[generator.index(below: bytes.count)] = UInt8(generator.index(below: 256))
      }
      let path = try directory.file("damaged.npy", bytes)
      let error = dataError { () throws(EspalierError) in try NPY.read(path) }
      #expect(error == nil || error?.subject == path)
    }
  }
}

@Suite struct NPZTests {
  @Test(arguments: ["stored.npz", "compressed.npz"])
  func readsWhatNumPyWrites(file: String) throws {
    let arrays = try NPZ.read(fixture(file))
    #expect(Array(arrays.keys) == ["x", "y"])
    #expect(arrays["x"] == Tensor(shape: [4, 3], (0..<12).map(Float.init)))
    #expect(arrays["y"] == Tensor(shape: [4], [0, 1, 0, 1] as [Int64]))
  }

  @Test func readsWhatItWrote() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/written.npz"
    let arrays: OrderedDictionary = ["b": Tensor(shape: [2], [1.5, 2.5]), "a": Tensor(scalar: Int32(3))]
    try NPZ.write(arrays, to: path)
    #expect(try NPZ.read(path) == arrays)
    let first = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    try NPZ.write(arrays, to: path)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == first)
  }

  @Test func anotherArchiveIsRefused() throws {
    let directory = try TemporaryDirectory()
    var writer = ZipWriter(to: directory.path + "/other.npz")
    try writer.add([1], name: "notes.txt")
    try writer.write()
    let error = dataError { () throws(EspalierError) in try NPZ.read(directory.path + "/other.npz") }
    #expect(error?.description.contains("other.npz, notes.txt: is not an .npy array") == true)
  }
}
