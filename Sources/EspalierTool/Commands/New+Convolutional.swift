import ArgumentParser
import EspalierArchitectures
import EspalierGraph

/// The common options of `espalier new` for image networks.
struct ImageNetworkOptions: ParsableArguments {
  @Option(help: "How many classes the network tells apart.") var classes = 1000
  @Option(help: "The width and height of its images.") var image = 224
  @Option(
    help: "How it begins: imagenet reduces the size of images at once, small keeps it (default: small up to 64 pixels)."
  )
  var stem: Stem?
  @Option(help: "What every width is multiplied by.") var width = 1.0
  @Option(help: "The initial weights follow from it.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @OptionGroup var resources: ResourceOptions

  func validate() throws {
    guard (1...1_000_000).contains(classes), (1...4096).contains(image) else {
      throw ValidationError("--classes takes a number from 1 to 1000000, --image one from 1 to 4096")
    }
    guard width > 0, width < 16 else { throw ValidationError("--width takes a positive number below 16") }
  }
}

/// `espalier new resnet18`, `resnet34` and `resnet50`.
protocol NewResNet: ResourceCommand {
  static var depth: ResNet.Depth { get }
  var options: ImageNetworkOptions { get }
}

extension NewResNet {
  var resources: ResourceOptions { options.resources }

  static var standardConfiguration: CommandConfiguration {
    let name = "resnet\(depth.rawValue)"
    return CommandConfiguration(
      commandName: name, abstract: "A residual network of \(depth.rawValue) layers, for images.",
      discussion: "EXAMPLE:\n  espalier new \(name) --classes 10 --image 32 -o \(name).onnx")
  }

  func run() throws {
    guard
      let network = ResNet(
        Self.depth, classes: options.classes, imageSize: options.image, stem: options.stem, widthFactor: options.width)
    else { return }
    try New.write(network, seed: options.seed, to: options.output)
  }
}

extension New {
  /// `espalier new resnet18`.
  struct ResNet18: NewResNet {
    static let depth = ResNet.Depth.resNet18
    static let configuration = standardConfiguration
    @OptionGroup var options: ImageNetworkOptions
  }

  /// `espalier new resnet34`.
  struct ResNet34: NewResNet {
    static let depth = ResNet.Depth.resNet34
    static let configuration = standardConfiguration
    @OptionGroup var options: ImageNetworkOptions
  }

  /// `espalier new resnet50`.
  struct ResNet50: NewResNet {
    static let depth = ResNet.Depth.resNet50
    static let configuration = standardConfiguration
    @OptionGroup var options: ImageNetworkOptions
  }

  /// `espalier new mobilenetv2`.
  struct MobileNet: ResourceCommand {
    static let configuration = CommandConfiguration(
      commandName: "mobilenetv2", abstract: "A network of inverted residuals, for images.",
      discussion: "EXAMPLE:\n  espalier new mobilenetv2 --classes 10 --image 32 --width 0.5 -o mobilenet.onnx")

    @OptionGroup var options: ImageNetworkOptions

    var resources: ResourceOptions { options.resources }

    func run() throws {
      guard
        let network = MobileNetV2(
          classes: options.classes, imageSize: options.image, stem: options.stem, widthFactor: options.width)
      else { return }
      try New.write(network, seed: options.seed, to: options.output)
    }
  }
}

extension Stem: ExpressibleByArgument {}
