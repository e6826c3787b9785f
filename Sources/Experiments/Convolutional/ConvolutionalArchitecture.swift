import EspalierArchitectures
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierWorkflows

/// A network of the paper's image experiment, with any width and image size.
package struct ConvolutionalArchitecture: Hashable, Sendable, Codable {
  /// The families of networks that the paper prunes.
  package typealias Family = PublishedRecipe

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
