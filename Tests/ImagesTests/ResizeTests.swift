import EspalierImages
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct ResizeTests {
  @Test(arguments: [(40, 40), (90, 17), (33, 61), (131, 70), (1, 1), (64, 150), (89, 60)])
  func equalsPillow(width: Int, height: Int) throws {
    let resized = try Fixture.image("large.png").resized(to: PixelSize(width: width, height: height))
    #expect(try resized == Fixture.pillow("resized-\(width)x\(height)"))
  }

  @Test(arguments: [(32, 28), (29, 22), (61, 61), (75, 40)])
  func theMiddleEqualsTorchvision(resize: Int, size: Int) throws {
    let transform = ImageTransform(size: size, resize: resize)
    let image = try Fixture.image("large.png")
    #expect(try transform.pixels(of: image) == Fixture.pillow("centre-\(resize)-\(size)"))
    let whole = image.resized(to: image.size.covering(PixelSize(width: resize, height: resize)))
    let middle = PixelRegion(center: PixelSize(width: size, height: size), of: whole.size)
    #expect(transform.pixels(of: image) == whole.cropped(to: middle), "computing a part only changes nothing")
  }

  @Test func normalisationEqualsNumPy() throws {
    let image = try ImageTransform(size: 20, resize: 24).pixels(of: Fixture.image("large.png"))
    let expected = try NPY.read(Fixture.path("normalised-24-20.npy"))
    #expect(Normalization.imageNet.tensor(of: image).distance(from: expected) < 1e-6)
  }

  @Test func sidesAreRoundedAsTorchvisionRoundsThem() {
    let (size, box) = (PixelSize(width: 500, height: 333), PixelSize(width: 256, height: 256))
    #expect(size.covering(box) == PixelSize(width: 384, height: 256))
    #expect(PixelSize(width: 333, height: 500).covering(box) == PixelSize(width: 256, height: 384))
    #expect(PixelRegion(center: .init(width: 224, height: 224), of: .init(width: 257, height: 227)).x == 16)
    #expect(PixelRegion(center: .init(width: 224, height: 224), of: .init(width: 257, height: 227)).y == 2)
  }

  @Test func flippingTwiceIsNothing() throws {
    let image = try Fixture.image("large.png")
    #expect(image.flipped() != image)
    #expect(image.flipped().flipped() == image)
    #expect(Array(image.flipped().pixels.prefix(3)) == Array(image.pixels[(3 * 89)..<(3 * 90)]))
  }
}
