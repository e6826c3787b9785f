import EspalierImages
import EspalierTensors
import Testing

/// Images of any size brought to samples of fixed size.
@Suite struct FitTests {
  @Test(arguments: [(48, 16), (20, 44)])
  func samplesNeedNotBeSquare(width: Int, height: Int) throws {
    let image = try Fixture.image("large.png")
    let size = PixelSize(width: width, height: height)
    func sample(_ fit: ImageFit) -> Image {
      ImageTransform(size: size, fit: fit, normalization: .none).pixels(of: image)
    }
    #expect(try sample(.crop(shorterSide: min(width, height))) == Fixture.pillow("covering-\(width)x\(height)"))
    #expect(try sample(.pad(level: 114)) == Fixture.pillow("letterbox-\(width)x\(height)"))
    #expect(sample(.stretch) == image.resized(to: size))
  }

  @Test func theBorderHasTheLevelAskedFor() throws {
    let image = Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
    let size = PixelSize(width: 2, height: 4)
    let padded = ImageTransform(size: size, fit: .pad(level: 7), normalization: .none).pixels(of: image)
    #expect(padded.pixels == [7, 7, 7, 7, 7, 7, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7])
  }

  /// Every small size fits into and covers every small box, and touches it.
  @Test func oneSideIsAlwaysTheBoxs() {
    let sizes = (1...6).flatMap { width in (1...6).map { PixelSize(width: width, height: $0) } }
    for size in sizes {
      for box in sizes {
        let (inside, outside) = (size.fitting(into: box), size.covering(box))
        #expect(inside.width <= box.width && inside.height <= box.height && min(inside.width, inside.height) > 0)
        #expect(outside.width >= box.width && outside.height >= box.height)
        for touching in [inside, outside] { #expect(touching.width == box.width || touching.height == box.height) }
      }
    }
  }
}

/// The numbers that networks are fed.
@Suite struct NormalizationTests {
  private let image = Image(width: 2, height: 1, pixels: [255, 0, 51, 0, 102, 204])

  @Test func levelsMayStayAsTheyAre() {
    #expect(ImageConvention.raw.normalization.numbers(of: image) == [255, 0, 0, 102, 51, 204])
    #expect(ImageConvention.unit.normalization.numbers(of: image) == [1, 0, 0, 0.4, 0.2, 0.8])
    #expect(ImageConvention.tensorFlow.normalization.numbers(of: image)[0..<2] == [1, -1])
  }

  @Test func caffeTakesBlueFirst() {
    let expected: [Float] = [-53, 100, -117, -15, 132, -123]
    #expect(ImageConvention.caffe.normalization.numbers(of: image) == expected)
  }

  @Test func greyLevelsAreThoseOfPillow() throws {
    let large = try Fixture.image("large.png")
    var grey = ImageConvention.raw.normalization
    grey.format = .grey
    let expected = try NPY.read(Fixture.path("large-grey.npy"))
    #expect(grey.tensor(of: large).shape == [1, large.height, large.width])
    #expect(grey.numbers(of: large) == expected.bytes.map { Float($0) })
  }

  @Test func everyConventionHasANameOfItsOwn() {
    #expect(Set(ImageConvention.all.map(\.name)).count == ImageConvention.all.count)
    #expect(ImageConvention.all.contains(.clip) && ImageConvention.yolo.fit == .pad(level: 114))
  }
}
