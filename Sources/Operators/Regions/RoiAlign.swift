import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Regions of maps, each reduced to a grid of cells: the mean, or maximum, of points in each cell, interpolated between
/// the four nearest elements.
///
/// Inputs: X (`N x C x H x W`), the corners `x1, y1, x2, y2` of each region, and the map it is in. Attributes:
/// `output_height` and `output_width`, `sampling_ratio` (points along a side of a cell; 0 for as many as elements),
/// `spatial_scale`, `mode`, and from operator set 16 `coordinate_transformation_mode`.
///
/// Source: K. He et al., Mask R-CNN, ICCV 2017, section 3; as in ONNX Runtime, the maximum is of weighted elements.
package struct RoiAlign: Operator {
  /// `RoiAlign`.
  package static let name: OperatorName = "RoiAlign"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The shape of X.
  package let source: Shape
  /// The regions, channels, rows and columns of the result.
  package let result: Shape
  /// The points along a side of a cell; 0 for as many as it spans elements.
  package let samples: Int
  /// The factor from corners to positions in X.
  package let scale: Float
  /// Whether a position is that of an element's centre, half an element from its corner.
  package let isCentred: Bool
  /// Whether cells are maxima rather than means.
  package let takesMaximum: Bool

  /// Reads the sizes.
  package init(_ call: Invocation) throws(EspalierError) {
    source = try call.floatInput(0).shape
    let regions = try call.floatInput(1).shape
    let maps = try call.indices(at: 2).shape
    guard source.rank == 4, regions.rank == 2, regions[1] == 4, maps == [regions[0]], source[0] > 0 || regions[0] == 0
    else {
      throw call.error("takes \(regions) regions and \(maps) maps out of \(source)")
    }
    let (rows, columns) = (try call.int("output_height", default: 1), try call.int("output_width", default: 1))
    samples = try call.int("sampling_ratio", default: 0)
    guard rows > 0, columns > 0, rows < 1 << 16, columns < 1 << 16, (0..<1 << 10).contains(samples) else {
      throw call.error("makes \(rows) x \(columns) cells of \(samples) points")
    }
    result = [regions[0], source[1], rows, columns]
    scale = try call.float("spatial_scale", default: 1)
    let mode = try call.string("mode", default: "avg")
    guard ["avg", "max"].contains(mode) else { throw call.unsupported("does not know the mode \"\(mode)\"") }
    takesMaximum = mode == "max"
    let places = try call.string(
      "coordinate_transformation_mode", default: call.opset < 16 ? "output_half_pixel" : "half_pixel")
    guard ["half_pixel", "output_half_pixel"].contains(places) else {
      throw call.unsupported("does not know the coordinates \"\(places)\"")
    }
    isCentred = places == "half_pixel"
    for map in call.constants[2]?.integers() ?? [] where !(0..<source[0]).contains(map) {
      throw call.error("takes a region out of map \(map) of \(source[0])")
    }
  }

  /// Regions, channels, rows and columns.
  package var outputs: [TensorType] { [TensorType(result)] }

  /// Channels are tied, and so are regions.
  package var axes: AxisRule? { .regions(listings: [1, 2]) }
}
