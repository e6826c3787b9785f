import EspalierDatasets
import EspalierFiles
import EspalierImages
import EspalierTensors
import EspalierTestSupport
import Testing

/// The conversion of images that arguments, networks and their files ask for.
@Suite struct ImageChoicesTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.fill(["1.png": "large.png"])
  }

  private func folder(
    _ options: String, dimensions: [Int?]? = nil, _ type: ElementType = .float32, metadata: [String: String] = [:]
  ) throws -> ImageFolder {
    let inputs = dimensions.map { [DeclaredInput("x", type, dimensions: [nil] + $0)] } ?? []
    let purpose = DatasetPurpose(inputs: inputs, pixels: DeclaredPixels(metadata: metadata))
    return try #require(
      try DatasetLocation(parsing: directory.path + options).open(for: purpose) as? ImageFolder)
  }

  private func transform(
    _ options: String, dimensions: [Int?]? = nil, _ type: ElementType = .float32, metadata: [String: String] = [:]
  ) throws -> ImageTransform {
    try folder(options, dimensions: dimensions, type, metadata: metadata).transform
  }

  private func refusal(_ options: String) -> EspalierError? {
    dataError { () throws(EspalierError) in try open(directory.path + options) }
  }

  @Test func conventionsHaveNames() throws {
    for convention in ImageConvention.all {
      let own = try transform(",preset=\(convention.name)")
      #expect(own.size == convention.size && own.fit == convention.fit, "\(convention.name)")
      #expect(own.normalization == convention.normalization, "\(convention.name)")
    }
    #expect(try transform("") == transform(",preset=imagenet"))
    #expect(refusal(",preset=darknet")?.fault.contains("one of imagenet, caffe, tensorflow") == true)
  }

  @Test func singleOptionsOverrideThem() throws {
    let wide = try transform(",preset=yolo,size=48x192,fill=0")
    #expect(wide.size == PixelSize(width: 192, height: 48) && wide.fit == .pad(level: 0))
    #expect(wide.sampleShape == [3, 48, 192])
    #expect(try transform(",preset=yolo,fit=stretch").fit == .stretch)
    #expect(try transform(",preset=yolo,fit=crop,resize=700").fit == .crop(shorterSide: 700))
    // A convention's margin belongs to its own size.
    #expect(try transform(",preset=clip,size=64").fit == .crop(shorterSide: 64))
    #expect(try transform(",fit=pad").fit == .pad(level: 114))
    // Means belong to colours, and are given in the order of the channels.
    let caffe = ImageConvention.caffe.normalization
    #expect(try transform(",preset=caffe,order=rgb").normalization.mean == caffe.mean)
    let own = try transform(",order=bgr,scale=255,mean=104:117:123").normalization
    #expect(own == caffe)
    // A scale brings its own units.
    #expect(try transform(",scale=255").normalization == ImageConvention.raw.normalization)
    #expect(try transform(",preset=imagenet,scale=2,std=0.5").normalization.mean == [0, 0, 0])
  }

  @Test func whatHasNoEffectIsRefused() {
    for options in [
      "fit=stretch,resize=300", "fit=pad,resize=300", "fill=3", "fit=stretch,fill=3", "channels=1,order=bgr",
      "fit=zoom", "size=48x", "size=48x192x3", "size=x", "size=9000x2", "scale=0", "scale=nan", "order=gbr",
      "fill=256", "channels=2",
    ] {
      #expect(refusal("," + options)?.kind == .argument, "\(options)")
    }
  }

  @Test func theNetworkSaysItsSize() throws {
    for dimensions in [[3, 32, 48], [32, 48, 3]] as [[Int?]] {
      let own = try transform("", dimensions: dimensions)
      #expect(own.size == PixelSize(width: 48, height: 32) && own.fit == .crop(shorterSide: 32))
      #expect(try transform(",size=16", dimensions: dimensions).size == PixelSize(width: 16, height: 16))
      #expect(
        try transform(",preset=yolo", dimensions: dimensions)
          == ImageTransform(
            size: PixelSize(width: 48, height: 32), fit: .pad(level: 114), normalization: .none))
    }
    // ImageNet's margin at ImageNet's size; open sizes, and inputs that are no images, say nothing.
    #expect(try transform("", dimensions: [3, 224, 224]) == ImageTransform())
    #expect(try transform("", dimensions: [3, nil, 32]) == ImageTransform())
    #expect(try transform("", dimensions: [3072]) == ImageTransform())
    // Where channels are at both ends, the layout says which sides are meant.
    let purpose = DatasetPurpose(inputs: [DeclaredInput("x", dimensions: [nil, 3, 16, 3])])
    let stated = try DatasetLocation(parsing: directory.path + ",layout=nhwc").open(for: purpose)
    #expect(stated.sampleShape == [3, 16, 3])
  }

  @Test func theNetworkSaysItsChannels() throws {
    let grey = try transform("", dimensions: [1, 28, 28]).normalization
    #expect(grey.format == .grey && grey.mean == [0, 0, 0] && grey.scale == 1)
    let sample = try folder(",size=5", dimensions: [1, 28, 28]).samples(at: [0])
    #expect(sample[Batch.samples].shape == [1, 1, 5, 5])
    #expect(try transform(",channels=3", dimensions: [1, 28, 28]).normalization == .imageNet)
    // Bytes can only be levels.
    #expect(try transform("", dimensions: [28, 28, 3], .uint8).normalization == ImageConvention.raw.normalization)
  }

  @Test func theFileSaysItsRangeAndOrder() throws {
    func numbers(_ range: String, _ format: String = "Rgb8", _ options: String = "") throws -> Normalization {
      try transform(
        options, metadata: ["Image.NominalPixelRange": range, "Image.BitmapPixelFormat": format]
      ).normalization
    }
    #expect(try numbers("NominalRange_0_255", "Bgr8").format == .bgr)
    #expect(try numbers("Normalized_0_1", "Gray8").format == .grey)
    let image = Image(width: 2, height: 1, pixels: [0, 0, 0, 255, 255, 255])
    for (range, ends) in [
      ("NominalRange_0_255", [0, 255]), ("Normalized_0_1", [0, 1]), ("Normalized_1_1", [-1, 1]),
      ("NominalRange_16_235", [16, 235]),
    ] as [(String, [Float])] {
      #expect(try Array(numbers(range).numbers(of: image).prefix(2)) == ends, "\(range)")
    }
    // What the user says stands.
    #expect(try numbers("Normalized_0_1", "Bgr8", ",preset=clip") == ImageConvention.clip.normalization)
    #expect(try numbers("Normalized_0_1", "Bgr8", ",order=rgb").format == .rgb)
    let tensorFlow = ImageConvention.tensorFlow.normalization
    #expect(try numbers("Normalized_1_1", "Rgb8", ",mean=0.5,std=0.5") == tensorFlow)
    #expect(try numbers("unheard of") == .imageNet)
  }
}
