import EspalierImages
import EspalierTensors
import Testing

@Suite struct RandomRegionTests {
  @Test(arguments: [(500, 375), (10, 9), (1, 1), (1, 300), (300, 1)])
  func partsLieWithinAndAreReproducible(width: Int, height: Int) {
    let whole = PixelSize(width: width, height: height)
    var (generator, twin) = (SeededGenerator(seed: 3), SeededGenerator(seed: 3))
    for _ in 0..<500 {
      let region = PixelRegion(randomPartOf: whole, using: &generator)
      #expect(region.lies(within: whole))
      #expect(region == PixelRegion(randomPartOf: whole, using: &twin))
    }
  }

  @Test func areasAndRatiosAreThoseAskedFor() {
    let whole = PixelSize(width: 1000, height: 1000)
    var generator = SeededGenerator(seed: 1)
    let regions = (0..<2000).map { _ in PixelRegion(randomPartOf: whole, scale: 0.2...0.6, using: &generator) }
    let areas = regions.map { Double($0.size.width * $0.size.height) / 1e6 }
    let ratios = regions.map { Double($0.size.width) / Double($0.size.height) }
    #expect(areas.allSatisfy { 0.195...0.605 ~= $0 })
    #expect(ratios.allSatisfy { 0.74...1.35 ~= $0 })
    #expect(abs(areas.reduce(0, +) / 2000 - 0.4) < 0.02)
  }

  @Test func whatNeverFitsFallsBackToTheMiddle() {
    let tall = PixelRegion(largestPartOf: PixelSize(width: 30, height: 100), ratio: 0.75...4.0 / 3)
    #expect(tall == PixelRegion(x: 0, y: 30, size: PixelSize(width: 30, height: 40)))
    let wide = PixelRegion(largestPartOf: PixelSize(width: 100, height: 30), ratio: 0.75...4.0 / 3)
    #expect(wide == PixelRegion(x: 30, y: 0, size: PixelSize(width: 40, height: 30)))
  }

  @Test func augmentationFollowsFromSeedEpochAndSample() throws {
    let image = try Fixture.image("large.png")
    func sample(seed: UInt64, epoch: Int, _ number: Int) -> Image {
      ImageTransform(size: 16, resize: 16, augmentation: .init(seed: seed)).pixels(
        of: image, epoch: epoch, sample: number)
    }
    #expect(sample(seed: 1, epoch: 2, 3) == sample(seed: 1, epoch: 2, 3))
    let others = [sample(seed: 1, epoch: 2, 3), sample(seed: 2, epoch: 2, 3), sample(seed: 1, epoch: 3, 2)]
    #expect(Set(others).count == 3)
  }

  @Test func shiftsMoveTheMiddleByAtMostThePadding() throws {
    let image = try Fixture.image("large.png")
    let still = ImageTransform(size: 16, resize: 16)
    var moving = still
    let middle = still.pixels(of: image)
    let allowed = Self.shifts(of: middle, by: 2)
    var seen: Set<Image> = []
    for epoch in 0..<60 {
      moving.augmentation = .init(.shift(padding: 2), seed: 5)
      let sample = moving.pixels(of: image, epoch: epoch, sample: 1)
      #expect(allowed.contains(sample))
      #expect(sample == moving.pixels(of: image, epoch: epoch, sample: 1))
      seen.insert(sample)
    }
    #expect(seen.count > 25)
  }

  /// All ways to cut an image out of itself padded with black, flipped or not.
  private static func shifts(of image: Image, by most: Int) -> Set<Image> {
    let (wide, width) = (image.width + 2 * most, image.width)
    var padded = [UInt8](repeating: 0, count: 3 * wide * wide)
    for row in 0..<image.height {
      let start = 3 * ((row + most) * wide + most)
      padded.replaceSubrange(start..<start + 3 * width, with: image.pixels[3 * row * width..<3 * (row + 1) * width])
    }
    let large = Image(width: wide, height: wide, pixels: padded)
    var found: Set<Image> = []
    for y in 0...2 * most {
      for x in 0...2 * most {
        let part = large.cropped(to: PixelRegion(x: x, y: y, size: image.size))
        found.formUnion([part, part.flipped()])
      }
    }
    return found
  }
}
