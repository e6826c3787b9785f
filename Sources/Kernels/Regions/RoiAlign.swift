import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A point between the elements of a map: the four nearest, with their weights, all 0 outside.
private struct InterpolatedPoint {
  var places = (0, 0, 0, 0)
  var weights: (Float, Float, Float, Float) = (0, 0, 0, 0)

  init(_ y: Float, _ x: Float, rows: Int, columns: Int) {
    // A comparison with not-a-number is false.
    guard y >= -1, y <= Float(rows), x >= -1, x <= Float(columns), rows > 0, columns > 0 else { return }
    let (row, nextRow, down) = Self.neighbours(y, count: rows)
    let (column, nextColumn, right) = Self.neighbours(x, count: columns)
    places = (
      row * columns + column, row * columns + nextColumn, nextRow * columns + column, nextRow * columns + nextColumn
    )
    weights = ((1 - down) * (1 - right), (1 - down) * right, down * (1 - right), down * right)
  }

  private static func neighbours(_ position: Float, count: Int) -> (first: Int, second: Int, share: Float) {
    let position = max(position, 0)
    let first = Int(position)
    return first >= count - 1 ? (count - 1, count - 1, 0) : (first, first + 1, position - Float(first))
  }

  /// The weighted elements of a map.
  @inline(__always)
  func terms(_ map: UnsafePointer<Float>) -> (Float, Float, Float, Float) {
    (
      weights.0 * map[places.0], weights.1 * map[places.1], weights.2 * map[places.2], weights.3 * map[places.3]
    )
  }
}

extension RoiAlign: PlainOperator {
  /// Region by region and cell by cell: the points are found once for all channels.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let isWide = types.inputs[2]?.elementType == .int64
    return FunctionKernel { [self] operands in
      let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      let corners = operands.inputs[1]!.floats
      for region in 0..<result[0] {
        let map =
          isWide
          ? Int(operands.inputs[2]!.elements(as: Int64.self)[region])
          : Int(operands.inputs[2]!.elements(as: Int32.self)[region])
        // A map that follows from data and is not there is taken as the nearest.
        let own = min(max(map, 0), source[0] - 1)
        align(region, of: own, corners, x, y)
      }
    }
  }

  private func align(
    _ region: Int, of map: Int, _ corners: UnsafeMutableBufferPointer<Float>, _ x: UnsafeMutableBufferPointer<Float>,
    _ y: UnsafeMutableBufferPointer<Float>
  ) {
    let (channels, rows, columns) = (result[1], result[2], result[3])
    let plane = source[2] * source[3]
    guard let maps = x.baseAddress else { return }
    let offset: Float = isCentred ? 0.5 : 0
    let place = (0..<4).map { corners[region * 4 + $0] * scale - offset }
    var (width, height) = (place[2] - place[0], place[3] - place[1])
    if !isCentred { (width, height) = (max(width, 1), max(height, 1)) }
    let (cellHeight, cellWidth) = (height / Float(rows), width / Float(columns))
    let (down, across) = (points(cellHeight), points(cellWidth))
    for row in 0..<rows {
      for column in 0..<columns {
        // Points outside of the map are 0, and there may be many.
        let tops = inside(place[1] + Float(row) * cellHeight, cellHeight, points: down, size: source[2])
        let lefts = inside(place[0] + Float(column) * cellWidth, cellWidth, points: across, size: source[3])
        let points = tops.flatMap { top in
          lefts.map { InterpolatedPoint(top, $0, rows: source[2], columns: source[3]) }
        }
        for channel in 0..<channels {
          y[((region * channels + channel) * rows + row) * columns + column] = reduce(
            points, of: down * across, maps + (map * channels + channel) * plane)
        }
      }
    }
  }

  /// The number of points along a side of a cell that is `length` long: at most 4,096, more than any map has elements.
  private func points(_ length: Float) -> Int {
    if samples > 0 { return samples }
    guard length.isFinite, length > 0 else { return 0 }
    return Int(min(length.rounded(.up), 4096))
  }

  /// The positions, of `count` in a cell that begins at `start`, that lie on an axis of `size` elements.
  private func inside(_ start: Float, _ length: Float, points count: Int, size: Int) -> [Float] {
    (0..<count).map { start + (Float($0) + 0.5) / Float(count) * length }.filter { $0 >= -1 && $0 <= Float(size) }
  }

  private func reduce(_ points: [InterpolatedPoint], of count: Int, _ map: UnsafePointer<Float>) -> Float {
    guard takesMaximum else {
      let sum = points.reduce(Float(0)) { sum, point in
        let terms = point.terms(map)
        return sum + terms.0 + terms.1 + terms.2 + terms.3
      }
      return sum / Float(max(count, 1))
    }
    let maxima = points.map { point in
      let terms = point.terms(map)
      return max(max(terms.0, terms.1), max(terms.2, terms.3))
    }
    return points.count < count ? max(maxima.max() ?? 0, 0) : maxima.max() ?? 0
  }
}
