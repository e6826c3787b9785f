/// One axis that ``Resize`` changes: its sizes, and where each place of the result lies in what it is made from.
struct ResizedAxis: Sendable {
  /// How many elements there were.
  let size: Int
  /// How many there will be.
  let count: Int
  /// How much longer the axis becomes, before the count is rounded.
  let scale: Float
  /// The part of the axis that becomes the result, from 0 to 1, for `tf_crop_and_resize`.
  var region: (start: Float, end: Float) = (0, 1)

  /// ONNX's ways to lay the places of the result over the axis, by their names in the attribute
  /// `coordinate_transformation_mode`.
  enum Alignment: String {
    /// Elements are areas, and the borders of both axes fall together.
    case halfPixel = "half_pixel"
    /// The same about the centre of the axis, for scales at which the count was rounded.
    case halfPixelSymmetric = "half_pixel_symmetric"
    /// As `half_pixel`; a single place lies at the first element.
    case pytorchHalfPixel = "pytorch_half_pixel"
    /// The first and last elements fall together.
    case alignCorners = "align_corners"
    /// Elements are points, and the first ones fall together.
    case asymmetric = "asymmetric"
    /// As `half_pixel`, but not moved back by half an element; in operator set 11 alone.
    case tensorflowHalfPixel = "tf_half_pixel_for_nn"
    /// As `align_corners`, on a part of the axis.
    case tensorflowCrop = "tf_crop_and_resize"
  }

  /// Where the place `place` of the result lies along the axis, in elements.
  ///
  /// In single precision, as ONNX Runtime has it: next to the middle between two elements the last bit decides which is
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
