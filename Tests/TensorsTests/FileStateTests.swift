import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

@Suite struct FileStateTests {
  private struct Sample: FileState, Hashable {
    static let kind = "sample state"
    static let version = 2
    var origin = StateOrigin(sources: ["network": 7], settings: ["rule": "a"])
    var moments = ["velocity": ["a/b": Tensor(shape: [2], [1, -2] as [Float]), "c": Tensor(scalar: Int64(3))]]
    var generator = SeededGenerator(seed: 9)
    @Stored var iterate: [Double] = [0.1, .infinity, -0.0, .leastNonzeroMagnitude]
    @Stored var nothing: [Float] = []
    var losses = [1.0 / 3, .infinity, -.infinity]
    var seed = UInt64.max
    var best: Double?
  }

  /// The same names for other contents.
  private struct Newer: FileState {
    static let kind = "sample state"
    static let version = 3
    var seed = 0
  }

  private struct Other: FileState {
    static let kind = "former state"
    static let version = 2
    var seed = 0
  }

  private let folder: TemporaryDirectory
  private var path: String { folder.path + "/state" }

  init() throws { folder = try TemporaryDirectory() }

  @Test func whatIsReadIsWhatWasWritten() throws {
    var sample = Sample()
    _ = sample.generator.next()
    try sample.write(to: path)
    let bytes = try FileContents.read(path)
    let read = try Sample(contentsOf: path)
    #expect(read == sample)
    #expect(read.iterate.map(\.bitPattern) == sample.iterate.map(\.bitPattern))
    try read.write(to: path)
    #expect(try FileContents.read(path) == bytes)
    // Whoever opens the file sees what it is.
    let file = try SafeTensors(path)
    #expect(file.metadata["kind"] == "sample state" && file.metadata["version"] == "2")
    #expect(try file.tensor("moments/velocity/a/b") == sample.moments["velocity"]?["a/b"])
  }

  @Test func otherKindsAndVersionsAreRefused() throws {
    func fault<State: FileState>(of state: some FileState, as type: State.Type) throws -> String? {
      try state.write(to: path)
      return dataError { () throws(EspalierError) in try State(contentsOf: path) }?.fault
    }
    #expect(try fault(of: Other(), as: Sample.self) == "holds a former state, and a sample state is needed")
    #expect(
      try fault(of: Newer(), as: Sample.self) == "holds a sample state of version 3, and version 2 is read")
    try SafeTensors.write(["x": Tensor(scalar: Float(1))], to: path)
    #expect(
      dataError { () throws(EspalierError) in try Sample(contentsOf: path) }?.fault == "holds no state of a job")
  }

  @Test func damageIsNoticed() throws {
    try Sample().write(to: path)
    let bytes = try FileContents.read(path)
    for length in 0..<bytes.count {
      let cut = try folder.file("cut", bytes.prefix(length))
      #expect(dataError { () throws(EspalierError) in try Sample(contentsOf: cut) } != nil, "\(length) bytes")
    }
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 7)
      let file = try folder.file("damaged", damaged)
      // White space behind the header may become other white space.
      if let read = try? Sample(contentsOf: file) { #expect(read == Sample(), "byte \(place)") }
    }
  }

  @Test func statesOfOtherOriginsAreRefused() throws {
    struct Settings {
      var rule = "a"
      var parts: Set<String> = ["x", "y"]
      var limit: Double? = 2
      var memory = 1
    }
    func origin(_ network: UInt32 = 1, _ change: (inout Settings) -> Void = { _ in }) -> StateOrigin {
      var settings = Settings()
      change(&settings)
      return StateOrigin(
        sources: ["network": network], settings: StateOrigin.settings(of: settings, except: ["memory"]))
    }
    func fault(_ other: StateOrigin) -> String? {
      dataError { () throws(EspalierError) in try other.check(against: origin(), "sample state") }?.description
    }
    #expect(origin().settings == ["rule": "a", "parts": "[x, y]", "limit": "2.0"])
    #expect(fault(origin { $0.memory = 5 }) == nil)
    #expect(
      fault(origin(2))
        == "sample state: belongs to another network; continue it with the network it was made with, or begin anew")
    #expect(
      fault(origin { $0.limit = nil })
        == "sample state: was made with limit nil, and 2.0 is asked for; "
        + "continue it with the options it was made with, or begin anew")
  }
}
