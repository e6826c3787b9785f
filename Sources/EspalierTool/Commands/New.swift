import ArgumentParser
import EspalierArchitectures
import EspalierFiles
import EspalierONNX
import EspalierTensors

/// `espalier new`: networks with initial weights.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a network with initial weights.",
    subcommands: [MLP.self, LeNet5.self, ResNet18.self, ResNet34.self, ResNet50.self, MobileNet.self, BERTEncoder.self])

  /// Writes `network` with initial weights drawn from `seed`, if memory suffices.
  static func write(_ network: some InitializedNetwork, seed: UInt64, to output: String) throws {
    try OutputPlan(writing: [.network(output, "--output")]).check()
    // Each weight exists as drawn, in its tensor, and in the file's bytes.
    let bytes = network.weightCount * 3 * Double(MemoryLayout<Float>.size)
    try SystemMemory.check(bytes, for: "the network \(network.name)", remedy: "make it smaller")
    try ONNXFile.write(network.model(seed: seed), to: output)
  }

  /// `espalier new mlp`.
  struct MLP: ResourceCommand {
    static let configuration = CommandConfiguration(
      commandName: "mlp", abstract: "A feed-forward network: dense layers with rectifiers between them.",
      discussion: "EXAMPLE:\n  espalier new mlp --layers 784,1024,10 -o mlp.onnx")

    @Option(help: "The widths of input, hidden layers and output, with commas between them.")
    var layers: String

    @Option(help: "The initial weights follow from it.")
    var seed: UInt64 = 0

    @Option(name: .shortAndLong, help: "The ONNX file to write.")
    var output: String

    @OptionGroup var resources: ResourceOptions

    private var network: MultilayerPerceptron? {
      let parts = layers.split(separator: ",", omittingEmptySubsequences: false)
      let widths = parts.compactMap { Int($0) }
      return widths.count == parts.count ? MultilayerPerceptron(widths: widths) : nil
    }

    func validate() throws {
      guard network != nil else {
        throw ValidationError("--layers takes at least two positive numbers, as in 784,1024,10, not \"\(layers)\"")
      }
    }

    func run() throws {
      guard let network else { return }
      try New.write(network, seed: seed, to: output)
    }
  }

  /// `espalier new lenet`.
  struct LeNet5: ResourceCommand {
    static let configuration = CommandConfiguration(
      commandName: "lenet", abstract: "LeNet-5, a small convolutional network.",
      discussion: "EXAMPLE:\n  espalier new lenet --classes 10 --image 28 -o lenet.onnx")

    @Option(help: "How many classes the network tells apart.") var classes = 10
    @Option(help: "The width and height of its images, a multiple of 4.") var image = 28
    @Option(help: "The channels of its images.") var channels = 1
    @Option(help: "The initial weights follow from it.") var seed: UInt64 = 0
    @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String

    @OptionGroup var resources: ResourceOptions

    private var network: LeNet? { LeNet(classes: classes, imageSize: image, channels: channels) }

    func validate() throws {
      guard network != nil else {
        throw ValidationError(
          "--classes and --channels take numbers from 1 to 1000000, --image a multiple of 4 from 16 to 65536")
      }
    }

    func run() throws {
      guard let network else { return }
      try New.write(network, seed: seed, to: output)
    }
  }
}
