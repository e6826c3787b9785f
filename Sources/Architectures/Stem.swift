/// The first layers of an image network.
package enum Stem: String, Hashable, Sendable, CaseIterable, Codable {
  /// For images of about 224 pixels, as in ImageNet: early reductions of size keep the network cheap.
  case imageNet = "imagenet"
  /// For small images: without the first reductions of size, so that later layers still have several positions.
  case small

  /// The stem suitable for images of this width and height: small up to 64 pixels.
  package init(imageSize: Int) {
    self = imageSize <= 64 ? .small : .imageNet
  }
}
