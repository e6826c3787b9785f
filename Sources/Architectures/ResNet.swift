import EspalierGraph

/// A residual network for images: K. He et al., "Deep residual learning for image recognition" (CVPR 2016), table 1;
/// layers are named as in torchvision.
package struct ResNet: InitializedNetwork, Hashable, Sendable {
  /// The depth: the number of layers with weights.
  package enum Depth: Int, Hashable, Sendable, CaseIterable {
    case resNet18 = 18
    case resNet34 = 34
    case resNet50 = 50

    /// The number of blocks in each of the four stages.
    var blocks: [Int] { self == .resNet18 ? [2, 2, 2, 2] : [3, 4, 6, 3] }

    /// Whether blocks are bottlenecks of 1 x 1, 3 x 3 and 1 x 1 convolutions rather than two of 3 x 3.
    var hasBottlenecks: Bool { self == .resNet50 }
  }

  /// The depth of the network.
  package let depth: Depth
  /// The number of classes.
  package let classes: Int
  /// The width and height of the images.
  package let imageSize: Int
  /// The first layers: for ImageNet, 7 x 7 with stride 2 and pooling; small, one 3 x 3 convolution that keeps the size.
  package let stem: Stem
  /// The factor of every width.
  package let widthFactor: Double

  /// A network of this depth, or `nil` if an argument is not positive.
  ///
  /// - Parameter stem: By default, the stem suitable for the image size.
  package init?(
    _ depth: Depth, classes: Int = 1000, imageSize: Int = 224, stem: Stem? = nil, widthFactor: Double = 1
  ) {
    guard classes > 0, imageSize > 0, widthFactor > 0, widthFactor < 16 else { return nil }
    self.depth = depth
    self.classes = classes
    self.imageSize = imageSize
    self.stem = stem ?? Stem(imageSize: imageSize)
    self.widthFactor = widthFactor
  }

  /// The width of the first stage, rounded; each further stage is twice as wide.
  private var width: Int { max(1, Int((64 * widthFactor).rounded())) }

  /// The network with initial weights drawn from `seed`.
  package func model(seed: UInt64) -> Model { initialized(seed: seed) }

  package var name: String { "resnet\(depth.rawValue)" }

  package func build(_ builder: inout NetworkBuilder) {
    var value = stem(&builder)
    var channels = width
    for (stage, count) in depth.blocks.enumerated() {
      let width = width << stage
      for block in 0..<count {
        let stride = stage > 0 && block == 0 ? 2 : 1
        let name = "layer\(stage + 1).\(block)"
        value = add(&builder, value, channels, width, stride: stride, name: name)
        channels = depth.hasBottlenecks ? 4 * width : width
      }
    }
    builder.classifier(value, channels, classes: classes, name: "fc")
  }

  private func stem(_ builder: inout NetworkBuilder) -> String {
    let input = builder.input("input", [3, imageSize, imageSize])
    let isSmall = stem == .small
    let value = builder.normalizedConvolution(
      input, 3, width, kernel: isSmall ? 3 : 7, stride: isSmall ? 1 : 2, name: "conv1", normalization: "bn1")
    let activated = builder.relu(value, name: "relu")
    return isSmall ? activated : builder.maximumPool(activated, name: "maxpool")
  }

  /// One residual block; returns its output.
  private func add(
    _ builder: inout NetworkBuilder, _ input: String, _ channels: Int, _ width: Int, stride: Int, name: String
  ) -> String {
    // (channels out, kernel, stride) of each convolution of the branch.
    let layers =
      depth.hasBottlenecks
      ? [(width, 1, 1), (width, 3, stride), (4 * width, 1, 1)] : [(width, 3, stride), (width, 3, 1)]
    var value = input
    var current = channels
    for (index, (outputs, kernel, stride)) in layers.enumerated() {
      value = builder.normalizedConvolution(
        value, current, outputs, kernel: kernel, stride: stride, name: "\(name).conv\(index + 1)",
        normalization: "\(name).bn\(index + 1)")
      if index < layers.count - 1 { value = builder.relu(value, name: "\(name).relu\(index + 1)") }
      current = outputs
    }
    var shortcut = input
    if stride != 1 || channels != current {
      shortcut = builder.normalizedConvolution(
        input, channels, current, kernel: 1, stride: stride, name: "\(name).downsample.0",
        normalization: "\(name).downsample.1")
    }
    return builder.relu(builder.sum(value, shortcut, name: "\(name).add"), name: "\(name).relu")
  }
}
