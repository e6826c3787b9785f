/// How a network for images begins.
package enum Stem: String, Hashable, Sendable, CaseIterable, Codable {
  /// As for ImageNet's images of 224 pixels: early reductions of size, cheap.
  case imageNet = "imagenet"
  /// For small images: the first reductions are left out, so that later layers have positions left to look at.
  case small

  /// What suits images of this width and height: small up to 64 pixels.
  package init(imageSize: Int) {
    self = imageSize <= 64 ? .small : .imageNet
  }
}
