import EspalierGraph

/// A network of inverted residuals for images: M. Sandler et al., "MobileNetV2: inverted residuals and linear
/// bottlenecks" (CVPR 2018), table 2; layers are named as in torchvision.
package struct MobileNetV2: InitializedNetwork, Hashable, Sendable {
  /// The number of classes.
  package let classes: Int
  /// The width and height of the images.
  package let imageSize: Int
  /// The first layers; the small stem leaves out the first three reductions of size.
  package let stem: Stem
  /// The factor of every width, whose product is rounded to a multiple of 8.
  package let widthFactor: Double

  /// A network of this width, or `nil` if an argument is not positive.
  ///
  /// - Parameter stem: By default, the stem suitable for the image size.
  package init?(classes: Int = 1000, imageSize: Int = 224, stem: Stem? = nil, widthFactor: Double = 1) {
    guard classes > 0, imageSize > 0, widthFactor > 0, widthFactor < 16 else { return nil }
    self.classes = classes
    self.imageSize = imageSize
    self.stem = stem ?? Stem(imageSize: imageSize)
    self.widthFactor = widthFactor
  }

  /// Expansion, channels, blocks and stride of each stage.
  private static let stages = [
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
  ]

  /// The nearest multiple of 8, at least 8, that is not more than 10 % below: section 4.1 of the public implementation.
  private func width(_ channels: Int, factor: Double) -> Int {
    let wanted = Double(channels) * factor
    let rounded = max(8, Int(wanted + 4) / 8 * 8)
    return Double(rounded) < 0.9 * wanted ? rounded + 8 : rounded
  }

  /// The network with initial weights drawn from `seed`.
  package func model(seed: UInt64) -> Model { initialized(seed: seed) }

  package var name: String { "mobilenetv2" }

  package func build(_ builder: inout NetworkBuilder) {
    let isSmall = stem == .small
    let input = builder.input("input", [3, imageSize, imageSize])
    var channels = width(32, factor: widthFactor)
    var value = unit(
      &builder, input, 3, channels, kernel: 3, stride: isSmall ? 1 : 2, name: "features.0", layers: ("0", "1"))
    var position = 1
    for (expansion, outputs, count, stride) in Self.stages {
      let outputs = width(outputs, factor: widthFactor)
      for block in 0..<count {
        let keepsSize = block > 0 || (isSmall && position <= 4)
        value = add(
          &builder, value, channels, outputs, expansion: expansion, stride: keepsSize ? 1 : stride,
          name: "features.\(position)")
        channels = outputs
        position += 1
      }
    }
    let last = width(1280, factor: max(1, widthFactor))
    value = unit(
      &builder, value, channels, last, kernel: 1, stride: 1, name: "features.\(position)", layers: ("0", "1"))
    builder.classifier(value, last, classes: classes, name: "classifier.1")
  }

  /// Convolution, normalisation and ReLU6.
  private func unit(
    _ builder: inout NetworkBuilder, _ input: String, _ channels: Int, _ outputs: Int, kernel: Int, stride: Int,
    groups: Int = 1, name: String, layers: (String, String)
  ) -> String {
    let value = builder.normalizedConvolution(
      input, channels, outputs, kernel: kernel, stride: stride, groups: groups, name: "\(name).\(layers.0)",
      normalization: "\(name).\(layers.1)")
    return builder.relu6(value, name: "\(name).relu6")
  }

  /// One inverted residual: expand, filter by channel, project; added to its input if the shapes are equal.
  private func add(
    _ builder: inout NetworkBuilder, _ input: String, _ channels: Int, _ outputs: Int, expansion: Int, stride: Int,
    name: String
  ) -> String {
    let hidden = channels * expansion
    var value = input
    var layer = 0
    if expansion > 1 {
      value = unit(
        &builder, value, channels, hidden, kernel: 1, stride: 1, name: "\(name).conv.0", layers: ("0", "1"))
      layer = 1
    }
    value = unit(
      &builder, value, hidden, hidden, kernel: 3, stride: stride, groups: hidden, name: "\(name).conv.\(layer)",
      layers: ("0", "1"))
    value = builder.normalizedConvolution(
      value, hidden, outputs, kernel: 1, name: "\(name).conv.\(layer + 1)", normalization: "\(name).conv.\(layer + 2)")
    return stride == 1 && channels == outputs ? builder.sum(input, value, name: "\(name).add") : value
  }
}
