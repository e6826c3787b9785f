import EspalierDatasets
import EspalierFiles
import EspalierImages
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct ImageStreamTests {
  let small = ImageTransform(size: 16, resize: 18)

  /// 40 images of 2 classes, of which those at `broken` cannot be read.
  func directory(broken: [Int] = []) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let names = ["colour.jpg", "large.png", "palette.png", "inks.jpg", "progressive.jpg"]
    for index in 0..<40 {
      let name = "\(index < 20 ? "a" : "b")/\(100 + index).jpg"
      let bytes = try FileContents.read(Fixture.path(names[index % 5]))
      let damage: [[UInt8]] = [[], Array("no image".utf8), Array(bytes[..<(bytes.count / 2)])]
      try directory.write(name, broken.contains(index) ? damage[index % 3] : bytes)
    }
    return directory
  }

  @Test(arguments: [1, 2, 5], [1, 7, 40, 64])
  func threadsChangeNothing(threads: Int, batchSize: Int) throws {
    let directory = try directory()
    let folder = try ImageFolder(directory.path, transform: small, threads: threads)
    let batches = try collect(folder.stream(batchSize: batchSize))
    #expect(batches.flatMap(\.indices) == Array(0..<40))
    #expect(batches.dropLast().allSatisfy { $0.count == batchSize })
    for batch in batches {
      for (place, index) in batch.indices.enumerated() {
        let alone = try folder.samples(at: [index])
        #expect(batch[Batch.samples].taking([place], along: 0) == alone[Batch.samples])
        #expect(batch.labels?[place] == (index < 20 ? 0 : 1))
      }
    }
    #expect(folder.skipped.isEmpty)
  }

  @Test func aStreamMayBeLeftHalfway() throws {
    let directory = try directory()
    let folder = try ImageFolder(directory.path, transform: small, threads: 3)
    for _ in 0..<20 { #expect(try folder.stream(batchSize: 4).next()?.count == 4) }
    #expect(try collect(folder.prefix(10).stream(batchSize: 4)).map(\.count) == [4, 4, 2])
  }

  @Test func brokenImagesAreNamedAndSkipped() throws {
    let broken = [3, 16, 38]
    let directory = try directory(broken: broken)
    let folder = try ImageFolder(directory.path, transform: small, threads: 2)
    let good = (0..<40).filter { !broken.contains($0) }
    for _ in 0..<2 {
      let batches = try collect(folder.stream(batchSize: 10))
      #expect(batches.map(\.count) == [10, 10, 10, 7])
      #expect(batches.flatMap(\.indices) == good)
    }
    #expect(folder.skipped.map(\.subject) == broken.map { folder.paths[$0] })
    #expect(folder.skipped.map { $0.fault.prefix(12) } == ["is empty", "is not an im", "is a damaged"])
    #expect(try folder.samples(at: [16, 2]).indices == [2])

    #expect(try collect(folder.prefix(17).stream(batchSize: 5)).flatMap(\.indices) == good.filter { $0 < 17 })
    let subset = folder.subset([38, 5, 3, 7])
    #expect(try collect(subset.stream(batchSize: 1)).map(\.indices) == [[1], [3]])
    #expect(try subset.samples(at: [3, 0, 1]).indices == [3, 1])
    #expect(subset.skipped.count == 3)
    let full = try BatchSequence(folder, batchSize: 10, order: .shuffled(seed: 1), partial: .dropped).epoch(0)
    #expect(try collect(full).map(\.count) == [10, 10, 10])
  }

  @Test func tooManyBrokenImagesAreAnError() throws {
    let ten = try directory(broken: Array(5..<15))
    #expect(try collect(ImageFolder(ten.path, transform: small).stream(batchSize: 8)).flatMap(\.indices).count == 30)
    let eleven = try directory(broken: Array(5..<16))
    let folder = try ImageFolder(eleven.path, transform: small)
    let error = dataError { () throws(EspalierError) in try collect(folder.stream(batchSize: 8)) }
    #expect(error?.subject == eleven.path)
    #expect(error?.fault.hasPrefix("has too many images that cannot be read: 11 of 40") == true)
    let one = try TemporaryDirectory()
    try one.write("1.png", [])
    let alone = try ImageFolder(one.path)
    #expect(dataError { () throws(EspalierError) in try alone.samples(at: [0]) }?.subject == one.path)
  }

  @Test(arguments: [1, 4])
  func augmentationFollowsFromSeedAndEpoch(threads: Int) throws {
    let directory = try directory()
    func epoch(_ number: Int, seed: UInt64) throws -> [Int: [Tensor]] {
      let folder = try ImageFolder(directory.path, transform: small, threads: threads).augmented(seed: seed)
      let batches = BatchSequence(folder, batchSize: 7, order: .shuffled(seed: 9))
      return Dictionary(
        try collect(batches.epoch(number)).flatMap { batch in
          batch.indices.enumerated().map { ($1, [batch[Batch.samples].taking([$0], along: 0)]) }
        }, uniquingKeysWith: +)
    }
    let first = try epoch(0, seed: 1)
    #expect(first.count == 40)
    #expect(try epoch(0, seed: 1) == first)
    #expect(try epoch(1, seed: 1) != first)
    #expect(try epoch(0, seed: 2) != first)
    var fixed = try ImageFolder(directory.path, transform: small)
    fixed.augmentation = nil
    #expect(try fixed.augmented(seed: 1).samples(at: [1]) == fixed.samples(at: [1]))
  }
}
