import EspalierArchitectures
import EspalierFiles
import EspalierGraph
import EspalierPruning

/// A network of the paper's image experiment, with any width and image size.
package struct ConvolutionalArchitecture: Hashable, Sendable, Codable {
  /// The families of networks that the paper prunes.
  package enum Family: String, Hashable, Sendable, CaseIterable, Codable {
    /// ResNet34.
    case resNet34 = "resnet34"
    /// MobileNetV2.
    case mobileNetV2 = "mobilenetv2"

    /// Its name in reports.
    package var title: String { self == .resNet34 ? "ResNet34" : "MobileNetV2" }

    /// The number of its groups between two layers that involve no addition. ResNet34: one a block. MobileNetV2: one a
    /// block from features 2 to 17, the stem's and the first block's before them, the last block's and the last layer's
    /// after them.
    var innerGroupCount: Int { self == .resNet34 ? 16 : 20 }

    /// The fraction of channels that the public code keeps, by position among these groups.
    ///
    /// ResNet34: blocks 1 ... n - 2 of each stage of n = 3, 4, 6, 3 blocks, 0.4 in the first three stages; the fourth
    /// is kept whole. MobileNetV2: 0.3 of torchvision's features 6, 9, 10, 12 and 13, which are at these positions.
    var publicFractions: [Int: Double] {
      switch self {
      case .resNet34: Dictionary(uniqueKeysWithValues: [1, 4, 5, 8, 9, 10, 11].map { ($0, 0.4) })
      case .mobileNetV2: Dictionary(uniqueKeysWithValues: [6, 9, 10, 12, 13].map { ($0, 0.3) })
      }
    }

    /// The weight decay of the public code.
    var weightDecay: Float { self == .resNet34 ? 5e-4 : 4e-5 }
  }

  /// The family.
  package var family: Family
  /// The number of classes.
  package var classes: Int
  /// The width and height of the images.
  package var imageSize: Int
  /// The first layers.
  package var stem: Stem
  /// The factor of all widths.
  package var widthFactor: Double

  /// A network of this family; all numbers must be positive.
  package init(_ family: Family, classes: Int, imageSize: Int, stem: Stem? = nil, widthFactor: Double = 1) {
    precondition(classes > 0 && imageSize > 0 && widthFactor > 0 && widthFactor < 16, "sizes are positive")
    self.family = family
    self.classes = classes
    self.imageSize = imageSize
    self.stem = stem ?? Stem(imageSize: imageSize)
    self.widthFactor = widthFactor
  }

  /// The network with initial weights drawn from `seed`.
  package func model(seed: UInt64) -> Model {
    switch family {
    case .resNet34:
      ResNet(.resNet34, classes: classes, imageSize: imageSize, stem: stem, widthFactor: widthFactor)!.model(seed: seed)
    case .mobileNetV2:
      MobileNetV2(classes: classes, imageSize: imageSize, stem: stem, widthFactor: widthFactor)!.model(seed: seed)
    }
  }

  /// The narrower network with multiply-accumulate operations nearest to `macs`: all widths times one factor.
  ///
  /// Widths are integers (for MobileNetV2 multiples of 8), so operations change in steps. Complexity: ten networks are
  /// built.
  func narrowed(to macs: Int) throws -> ConvolutionalArchitecture {
    func candidate(_ factor: Double) throws -> (architecture: Self, distance: Int) {
      var narrow = self
      narrow.widthFactor = factor
      return (narrow, try ModelCost(of: narrow.model(seed: 0).graph).macs - macs)
    }
    var (low, high) = (widthFactor / 1024, widthFactor)
    var best = try candidate(high)
    for _ in 0..<10 {
      let middle = try candidate((low + high) / 2)
      if abs(middle.distance) < abs(best.distance) { best = middle }
      if middle.distance > 0 { high = (low + high) / 2 } else { low = (low + high) / 2 }
    }
    return best.architecture
  }
}
