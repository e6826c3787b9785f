import EspalierImages

/// What a network's file says about the pixels of the images that it takes.
///
/// Source: ONNX, "Metadata" (`MetadataProps.md`): the properties `Image.BitmapPixelFormat` and
/// `Image.NominalPixelRange` of a model.
package struct DeclaredPixels: Hashable, Sendable {
  /// The channels and their order, if stated.
  package var format: PixelFormat?
  /// The numbers of the darkest and the brightest level, if stated.
  package var range: ClosedRange<Float>?

  /// Nothing is stated.
  package init() {}

  /// What the properties `metadata` of a model state; values that ONNX does not define state nothing.
  package init(metadata: [String: String]) {
    format = metadata["Image.BitmapPixelFormat"].flatMap { Self.formats[$0.lowercased()] }
    range = metadata["Image.NominalPixelRange"].flatMap { Self.ranges[$0.lowercased()] }
  }

  /// Opacity is dropped when an image is decoded.
  private static let formats: [String: PixelFormat] = [
    "gray8": .grey, "rgb8": .rgb, "rgba8": .rgb, "bgr8": .bgr, "bgra8": .bgr,
  ]

  private static let ranges: [String: ClosedRange<Float>] = [
    "nominalrange_0_255": 0...255, "normalized_0_1": 0...1, "normalized_1_1": -1...1, "nominalrange_16_235": 16...235,
  ]

  /// The conversion of pixels to numbers of the stated range: (level / 255 - mean) / deviation; `nil` if none is
  /// stated.
  var normalization: Normalization? {
    range.map { range in
      let width = range.upperBound - range.lowerBound
      return Normalization(
        scale: width, mean: Array(repeating: -range.lowerBound, count: 3), deviation: Array(repeating: 1, count: 3))
    }
  }
}
