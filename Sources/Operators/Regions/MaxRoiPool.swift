import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Regions of maps, each reduced to a grid of cells: the maximum of the elements in each cell, and 0 in an empty one.
///
/// Inputs: X (`N x C x H x W`), and for each region its map and the corners `x1, y1, x2, y2`, both included. Attributes:
/// `pooled_shape` and `spatial_scale`.
///
/// Source: R. Girshick, Fast R-CNN, ICCV 2015, section 2.1.
package struct MaxRoiPool: Operator {
  /// `MaxRoiPool`.
  package static let name: OperatorName = "MaxRoiPool"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The shape of X.
  package let source: Shape
  /// The regions, channels, rows and columns of the result.
  package let result: Shape
  /// The factor from corners to positions in X.
  package let scale: Float

  /// Reads the sizes.
  package init(_ call: Invocation) throws(EspalierError) {
    source = try call.floatInput(0).shape
    let regions = try call.floatInput(1).shape
    guard source.rank == 4, regions.rank == 2, regions[1] == 5, source[0] > 0 || regions[0] == 0 else {
      throw call.error("takes \(regions) regions out of \(source)")
    }
    guard let cells = try call.ints("pooled_shape"), cells.count == 2, cells.allSatisfy({ (1..<1 << 16).contains($0) })
    else { throw call.error("lacks the two sizes \"pooled_shape\"") }
    result = [regions[0], source[1], cells[0], cells[1]]
    scale = try call.float("spatial_scale", default: 1)
  }

  /// Regions, channels, rows and columns.
  package var outputs: [TensorType] { [TensorType(result)] }

  /// Channels are tied, and so are regions.
  package var axes: AxisRule? { .regions(listings: [1]) }
}
