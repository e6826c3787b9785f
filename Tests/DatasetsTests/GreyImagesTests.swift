import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Testing

/// Grey images made into what networks for images read, by options behind the argument.
@Suite struct GreyImagesTests {
  /// Two images of 2 x 3 pixels, levels 1 to 12, of the classes 1 and 0; the argument that names them.
  private func images(_ directory: TemporaryDirectory) throws -> String {
    let path = try directory.file("images-idx3-ubyte", idx(sizes: [2, 2, 3], Array(1...12)))
    _ = try directory.file("labels-idx1-ubyte", idx(sizes: [2], [1, 0]))
    return path
  }

  @Test func imagesStandInTheMiddleOfBlack() throws {
    let directory = try TemporaryDirectory()
    let data = try open(images(directory) + ",size=6")
    #expect(data.sampleShape == [1, 6, 6] && data.count == 2 && data.classCount == 2)
    let batch = try data.samples(at: [1])
    var expected = [Float](repeating: 0, count: 36)
    for row in 0..<2 {
      for column in 0..<3 { expected[(2 + row) * 6 + 1 + column] = Float(7 + 3 * row + column) / 255 }
    }
    #expect(batch.numbers == expected && batch.labels == [0] && batch.indices == [1])
    #expect(try collect(data.stream(batchSize: 2))[0][Batch.samples].taking([1], along: 0) == batch[Batch.samples])
  }

  @Test func fashionMNISTIsPaddedByTwo() throws {
    let test = try open("fashion-mnist:/usr/share/datasets/fashion-mnist,size=32,channels=3", split: .test)
    let plain = try open("fashion-mnist:/usr/share/datasets/fashion-mnist", split: .test)
    #expect(test.sampleShape == [3, 32, 32] && test.count == 10_000)
    let (padded, bare) = (try test.samples(at: [7]).numbers, try plain.samples(at: [7]).numbers)
    for channel in 0..<3 {
      for row in 0..<32 {
        for column in 0..<32 {
          let isInside = 2..<30 ~= row && 2..<30 ~= column
          let level = isInside ? bare[(row - 2) * 28 + column - 2] : 0
          #expect(padded[(channel * 32 + row) * 32 + column] == level)
        }
      }
    }
  }

  @Test func channelsAreNormalisedEachByItself() throws {
    let directory = try TemporaryDirectory()
    let numbers = try open(images(directory) + ",channels=3,mean=0:0.5:1,std=1:2:4").samples(at: [0]).numbers
    for place in 0..<6 {
      let level = Float(place + 1) / 255
      #expect(numbers[place] == level && numbers[6 + place] == (level - 0.5) / 2)
      #expect(numbers[12 + place] == (level - 1) / 4)
    }
  }

  @Test func augmentationShiftsAndFlipsAndFollowsFromSeedEpochAndSample() throws {
    let directory = try TemporaryDirectory()
    let size = 16
    let levels = (0..<256).map { UInt8($0 == 0 ? 1 : $0) }
    let path = try directory.file("images-idx3-ubyte", idx(sizes: [1, size, size], levels))
    let data = try open("\(path),augment=crop")
    let original = try data.samples(at: [0]).numbers
    func sample(seed: UInt64, epoch: Int) throws -> [Float] {
      try collect(data.augmented(seed: seed).stream(nil, epoch: epoch, batchSize: 4))[0].numbers
    }
    var seen: Set<[Float]> = []
    for epoch in 0..<40 {
      let numbers = try sample(seed: 3, epoch: epoch)
      #expect(try numbers == sample(seed: 3, epoch: epoch))
      #expect(Self.shifts(of: original, size: size, by: 2).contains(numbers))
      seen.insert(numbers)
    }
    #expect(seen.count > 20)
    #expect(try sample(seed: 3, epoch: 0) != sample(seed: 4, epoch: 0))
    #expect(try collect(data.stream(nil, epoch: 1, batchSize: 1))[0].numbers == original)
    let fixed = try open("\(path),augment=no").augmented(seed: 1)
    #expect(try collect(fixed.stream(nil, epoch: 1, batchSize: 1))[0].numbers == original)
  }

  /// All ways to move an image by up to `most` pixels and to mirror it, computed through a padded copy.
  private static func shifts(of image: [Float], size: Int, by most: Int) -> Set<[Float]> {
    let wide = size + 2 * most
    var padded = [Float](repeating: 0, count: wide * wide)
    for row in 0..<size {
      for column in 0..<size { padded[(row + most) * wide + column + most] = image[row * size + column] }
    }
    var found: Set<[Float]> = []
    for top in 0...2 * most {
      for left in 0...2 * most {
        let rows = (0..<size).map { row in (0..<size).map { padded[(top + row) * wide + left + $0] } }
        found.insert(rows.flatMap { $0 })
        found.insert(rows.flatMap { $0.reversed() })
      }
    }
    return found
  }

  @Test(arguments: [
    "size=1", "size=x", "channels=2", "augment=0.5", "mean=1:2", "std=0", "resize=8", "colour=red",
  ])
  func wrongOptionsAreNamed(option: String) throws {
    let directory = try TemporaryDirectory()
    let argument = try images(directory) + ",\(option)"
    #expect(dataError { () throws(EspalierError) in try open(argument) }?.subject == argument)
  }

  @Test func labelsMayStandBetweenImagesAndOptions() throws {
    let directory = try TemporaryDirectory()
    let path = try images(directory)
    let labels = try directory.file("other", idx(sizes: [2], [4, 2]))
    #expect(try open("\(path),\(labels),size=4").samples(at: [0, 1]).labels == [4, 2])
    let vectors = try directory.file("data.idx", idx(sizes: [2, 4], Array(1...8)))
    #expect(
      dataError { () throws(EspalierError) in try open("\(vectors),size=4") }?.fault.contains("grey levels") == true)
  }
}
