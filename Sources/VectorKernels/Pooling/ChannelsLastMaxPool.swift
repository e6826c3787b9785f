import EspalierExecution
import EspalierOperators
import EspalierTensors
import EspalierThreading

/// Max pooling in channels-last order: windows are divided among threads, and the innermost loop runs along the
/// channels of a position.
///
/// oneDNN's max pooling is unsuitable because it ignores not-a-number.
struct ChannelsLastMaxPool: Kernel {
  private let batch: Int
  private let channels: Int
  private let inputCount: Int
  /// The positions covered by each window.
  private let places: [[Int]]

  /// The pool of `geometry`.
  init(_ geometry: PoolingGeometry) {
    let windows = geometry.windows
    (batch, channels, inputCount) = (geometry.source[0], geometry.source[1], windows.inputCount)
    let positions = windows.positions
    places = (0..<windows.outputCount).map { window in positions.compactMap { $0[window] } }
  }

  func run(_ operands: Operands) {
    let x = operands.inputs[0]!.floats.baseAddress!
    let y = operands.outputs[0].floats.baseAddress!
    let count = batch * places.count
    let parts = max(1, min(Threads.count, count * channels / (1 << 14)))
    Threads.run(parts) { part in
      for window in count * part / parts..<count * (part + 1) / parts {
        let (source, target) = (x + window / places.count * inputCount * channels, y + window * channels)
        target.update(repeating: -.infinity, count: channels)
        for place in places[window % places.count] {
          let row = source + place * channels
          for i in 0..<channels { target[i] = row[i] > target[i] || row[i].isNaN ? row[i] : target[i] }
        }
      }
    }
  }
}

extension MaxPool: VectorOperator {
  /// Channels last; plain if positions are asked for, or for whole numbers.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule {
    LayoutRule(givesPositions || elementType != .float32 ? .plain : .channelsLast)
  }

  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    order == .channelsLast && geometry.source.elementCount > 0 ? ChannelsLastMaxPool(geometry) : nil
  }
}
