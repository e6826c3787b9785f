import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct IDXTests {
  @Test func greyLevelsBecomeFractionsWithAChannel() throws {
    let directory = try TemporaryDirectory()
    let images = try directory.file("images-idx3-ubyte", idx(sizes: [2, 1, 2], [0, 51, 255, 102]))
    let data = try open(images)
    #expect(data.sampleShape == [1, 1, 2])
    #expect(data.classCount == nil)
    let batch = try data.samples(at: [1, 0])
    #expect(batch[Batch.samples] == Tensor(shape: [2, 1, 1, 2], [1, 102 / 255, 0, 51 / 255] as [Float]))
    #expect(batch.labels == nil)
  }

  @Test func labelsAreFoundBesideTheImages() throws {
    let directory = try TemporaryDirectory()
    let images = try directory.file("t10k-images.idx3-ubyte", idx(sizes: [3, 1, 1], [1, 2, 3]))
    _ = try directory.file("t10k-labels.idx1-ubyte", idx(sizes: [3], [4, 0, 2]))
    let data = try open(images)
    #expect(data.classCount == 5)
    #expect(try collect(data.stream(batchSize: 2)).map(\.labels) == [[4, 0], [2]])
    let other = try directory.file("other", idx(sizes: [3], [1, 1, 1]))
    #expect(try open("\(images),\(other)").samples(at: [0]).labels == [1])
  }

  @Test func otherElementTypesAreNotScaled() throws {
    let directory = try TemporaryDirectory()
    func numbers(_ type: UInt8, _ elements: [UInt8]) throws -> [Float] {
      try open(directory.file("data.idx", idx(type: type, sizes: [2], elements))).samples(at: [0, 1]).numbers
    }
    #expect(try numbers(0x09, [0xFF, 2]) == [-1, 2])
    #expect(try numbers(0x0B, [0xFF, 0xFE, 1, 0]) == [-2, 256])
    #expect(try numbers(0x0C, [0, 1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]) == [65536, -1])
    #expect(try numbers(0x0D, [0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0]) == [1, -2.5])
    #expect(try numbers(0x0E, [0x3F, 0xF8] + [UInt8](repeating: 0, count: 14)) == [1.5, 0])
  }

  @Test func aMismatchOfCountsIsRefused() throws {
    let directory = try TemporaryDirectory()
    let images = try directory.file("images-idx3-ubyte", idx(sizes: [3, 1, 1], [1, 2, 3]))
    let labels = try directory.file("labels-idx1-ubyte", idx(sizes: [2], [4, 0]))
    let error = try #require(dataError { () throws(EspalierError) in try open(images) })
    #expect(error.subject == labels)
    #expect(error.fault == "has 2 labels for 3 samples")
  }

  @Test func damageIsNamed() throws {
    let directory = try TemporaryDirectory()
    func fault(_ bytes: [UInt8]) throws -> String? {
      let path = try directory.file("images-idx3-ubyte", bytes)
      let error = dataError { () throws(EspalierError) in try open(path) }
      #expect(error == nil || error?.subject == path)
      return error?.fault
    }
    let good = idx(sizes: [3, 1, 1], [1, 2, 3])
    for count in good.indices { #expect(try fault(Array(good[..<count])) != nil, "\(count) bytes") }
    #expect(try fault(good) == nil)
    #expect(try fault(good + [1])?.contains("20 bytes") == true)
    #expect(try fault([1] + good)?.contains("not an IDX file") == true)
    #expect(try fault(idx(sizes: [0, 1, 1], []))?.contains("no samples") == true)
    let large = 0xFFFF_FFFF
    #expect(try fault(idx(sizes: [large, large, large], []))?.contains("impossible shape") == true)
    #expect(try fault(idx(sizes: [large, 2, 2], [1]))?.contains("bytes") == true)
  }

  @Test func randomDamageNeverCrashes() throws {
    let directory = try TemporaryDirectory()
    let good = idx(sizes: [4, 2, 2], Array(0..<16))
    _ = try directory.file("labels-idx1-ubyte", idx(sizes: [4], [0, 1, 2, 3]))
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<500 {
      var bytes = good
      for _ in 0...generator.index(below: 3) { bytes[generator.index(below: 16)] = UInt8(generator.index(below: 256)) }
      let path = try directory.file("images-idx3-ubyte", bytes)
      _ = dataError { () throws(EspalierError) in try collect(open(path).stream(batchSize: 3)) }
    }
  }
}
