import Architectures
import ArgumentParser
import Files
import ONNX

/// `espalier new`: networks with initial weights.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a network with initial weights.",
    subcommands: [MLP.self, ResNet18.self, ResNet34.self, ResNet50.self, MobileNet.self])

  /// `espalier new mlp`.
  struct MLP: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "mlp", abstract: "A feed-forward network: dense layers with rectifiers between them.",
      discussion: "EXAMPLE:\n  espalier new mlp --layers 784,1024,10 -o mlp.onnx")

    @Option(help: "The widths of input, hidden layers and output, with commas between them.")
    var layers: String

    @Option(help: "The initial weights follow from it.")
    var seed: UInt64 = 0

    @Option(name: .shortAndLong, help: "The ONNX file to write.")
    var output: String

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
      try ONNXFile.write(network.model(seed: seed), to: output)
    }
  }
}
