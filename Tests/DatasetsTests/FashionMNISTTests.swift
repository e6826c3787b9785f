import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Debian's package dataset-fashion-mnist; where it is not installed, these tests fail.
@Suite struct FashionMNISTTests {
  static let directory = "/usr/share/datasets/fashion-mnist"

  /// Opens one part, or fails saying what to install.
  func part(_ split: Split) throws -> any Dataset {
    let isThere = FileManager.default.fileExists(atPath: Self.directory)
    try #require(isThere, "install Fashion-MNIST: apt install dataset-fashion-mnist")
    return try open("fashion-mnist:\(Self.directory)", split: split)
  }

  @Test func hasItsCountsAndFirstLabels() throws {
    let train = try part(.train)
    #expect(train.count == 60_000)
    #expect(train.sampleShape == [1, 28, 28])
    #expect(train.classCount == 10)
    let test = try part(.test)
    #expect(test.count == 10_000)
    #expect(try collect(test.prefix(9).stream(batchSize: 9))[0].labels == [9, 2, 1, 1, 6, 1, 4, 6, 5])
    #expect(try collect(train.prefix(10).stream(batchSize: 10))[0].labels == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
  }

  @Test func streamsWhatRandomAccessReads() throws {
    let test = try part(.test)
    var seen = 0
    for batch in try collect(test.stream(batchSize: 1024)) {
      #expect(batch == (try test.samples(at: Array(seen..<seen + batch.count))))
      seen += batch.count
    }
    #expect(seen == 10_000)
    let reversed = try test.samples(at: [9_999, 0, 5_000])
    let one = try test.samples(at: [5_000])
    #expect(Array(reversed.numbers[(2 * 784)...]) == one.numbers)
  }

  @Test func greyLevelsAreFractions() throws {
    let batch = try part(.test).samples(at: Array(0..<100))
    #expect(batch.numbers.allSatisfy { (0...1).contains($0) })
    #expect(batch.numbers.contains(1))
    #expect(batch.numbers.allSatisfy { ($0 * 255).rounded() / 255 == $0 })
  }

  @Test(arguments: [100, 5_000, 4_000_000])
  func aTruncatedFileIsRefused(count: Int) throws {
    _ = try part(.test)
    let directory = try TemporaryDirectory()
    for name in ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Self.directory)/\(name)"))
      _ = try directory.file(name, name.contains("images") ? bytes.prefix(count) : bytes)
    }
    let error = try #require(
      dataError { () throws(EspalierError) in
        try collect(open("fashion-mnist:\(directory.path)", split: .test).stream(batchSize: 500))
      })
    #expect(error.subject == directory.path + "/t10k-images-idx3-ubyte.gz")
    #expect(error.fault.contains("truncated"))
  }

  @Test func damageWithinTheCompressedBytesIsRefused() throws {
    _ = try part(.test)
    let directory = try TemporaryDirectory()
    for name in ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"] {
      var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Self.directory)/\(name)"))
      if name.contains("images") { bytes[2_000_000] ^= 0x10 }
      _ = try directory.file(name, bytes)
    }
    let data = try open("fashion-mnist:\(directory.path)", split: .test)
    let streamed = dataError { () throws(EspalierError) in try collect(data.stream(batchSize: 500)) }
    #expect(streamed?.fault.contains("corrupt") == true)
    let read = dataError { () throws(EspalierError) in try data.samples(at: [0]) }
    #expect(read?.subject == directory.path + "/t10k-images-idx3-ubyte.gz")
    #expect(read?.fault.contains("corrupt") == true)
  }

  @Test func aDirectoryWithoutTheFilesIsNamed() throws {
    let directory = try TemporaryDirectory()
    let error = dataError { () throws(EspalierError) in try open("mnist:\(directory.path)") }
    #expect(error?.subject == directory.path)
    #expect(error?.fault == "has neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz")
  }
}
