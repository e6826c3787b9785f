/// One axis resized by ``Resize``: its sizes, and the position of each element of the result in the input.
struct ResizedAxis: Sendable {
  /// The size of the input axis.
  let size: Int
  /// The size of the resized axis.
  let count: Int
  /// The scale of the axis, before the size is rounded.
  let scale: Float
  /// The part of the input axis, from 0 to 1, that becomes the result, for `tf_crop_and_resize`.
  var region: (start: Float, end: Float) = (0, 1)

  /// The alignments of the result's elements with the input axis, by their names in the attribute
  /// `coordinate_transformation_mode`.
  enum Alignment: String {
    /// Elements are areas, and the borders of both axes coincide.
    case halfPixel = "half_pixel"
    /// The same about the centre of the axis, for scales with a rounded size.
    case halfPixelSymmetric = "half_pixel_symmetric"
    /// As `half_pixel`, but a single element is at the first element of the input.
    case pytorchHalfPixel = "pytorch_half_pixel"
    /// The first and last elements coincide.
    case alignCorners = "align_corners"
    /// Elements are points, and the first ones coincide.
    case asymmetric = "asymmetric"
    /// As `half_pixel`, but not shifted back by half an element; in operator set 11 alone.
    case tensorflowHalfPixel = "tf_half_pixel_for_nn"
    /// As `align_corners`, on a part of the axis.
    case tensorflowCrop = "tf_crop_and_resize"
  }

  /// The position of element `place` of the result along the input axis, in elements.
  ///
  /// In single precision, as in ONNX Runtime: near the middle between two elements, the last bit decides which is
  /// nearest.
  func position(of place: Int, _ alignment: Alignment) -> Float {
    let (x, length) = (Float(place), scale * Float(size))
    switch alignment {
    case .halfPixel: return (x + 0.5) / scale - 0.5
    case .halfPixelSymmetric:
      return Float(size) / 2 * (1 - Float(count) / length) + (x + 0.5) / scale - 0.5
    case .pytorchHalfPixel: return count == 1 ? 0 : (x + 0.5) / scale - 0.5
    case .alignCorners: return length == 1 ? 0 : x * Float(size - 1) / (length - 1)
    case .asymmetric: return x / scale
    case .tensorflowHalfPixel: return (x + 0.5) / scale
    case .tensorflowCrop:
      let (start, end) = (region.start * Float(size - 1), region.end * Float(size - 1))
      return count == 1 ? (start + end) / 2 : start + x * (end - start) / Float(count - 1)
    }
  }
}
