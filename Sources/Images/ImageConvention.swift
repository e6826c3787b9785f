/// The way in which a family of trained networks takes images: size, fit and numbers.
///
/// A network does not say how its images were made, and fed in another way it computes nonsense without an error. The
/// families are few, so each has a name. Images are resized by Pillow's bilinear filter in all of them, though CLIP's
/// were by a bicubic one and YOLO's by OpenCV, which does not average over the pixels it leaves out.
package struct ImageConvention: Hashable, Sendable {
  /// The name on the command line.
  package let name: String
  /// Rows and columns, where neither the user nor the network says.
  package let size: PixelSize
  /// The fit at that size.
  package let fit: ImageFit
  /// The numbers.
  package let normalization: Normalization

  private init(
    _ name: String, size: Int = 224, fit: ImageFit = .crop(shorterSide: 256), _ numbers: Normalization
  ) {
    self.name = name
    self.size = PixelSize(width: size, height: size)
    self.fit = fit
    normalization = numbers
  }

  /// torchvision's and timm's: 0...1, less ImageNet's means, divided by its deviations.
  package static let imageNet = ImageConvention("imagenet", .imageNet)

  /// Caffe's, and Keras' `caffe` mode: blue first, 0...255, less the means of ImageNet, rounded to whole levels (Keras
  /// has 123.68, 116.779 and 103.939).
  ///
  /// Source: K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image recognition" (ICLR
  /// 2015), section 2.1: the mean is all that is subtracted.
  package static let caffe = ImageConvention(
    "caffe", Normalization(scale: 255, mean: [123, 117, 104], deviation: [1, 1, 1], format: .bgr))

  /// TensorFlow's slim models, and Keras' `tf` mode: -1...1.
  package static let tensorFlow = ImageConvention(
    "tensorflow", Normalization(mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5]))

  /// CLIP's: its own means and deviations, without a margin around the centre.
  ///
  /// Source: A. Radford et al., "Learning transferable visual models from natural language supervision" (ICML 2021),
  /// and the constants of its public code.
  package static let clip = ImageConvention(
    "clip", fit: .crop(shorterSide: 224),
    Normalization(
      mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711]))

  /// YOLO's since version 5: 0...1, the whole image on grey of level 114.
  package static let yolo = ImageConvention("yolo", size: 640, fit: .pad(level: 114), .none)

  /// 0...1 and nothing else.
  package static let unit = ImageConvention("unit", .none)

  /// Levels as they are, 0...255: of networks that normalise images themselves.
  package static let raw = ImageConvention("raw", Normalization(scale: 255, mean: [0, 0, 0], deviation: [1, 1, 1]))

  /// All conventions, the default first.
  package static let all = [imageNet, caffe, tensorFlow, clip, yolo, unit, raw]
}
