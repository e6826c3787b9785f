import EspalierTensors

/// The position of an image's channels among its axes.
package enum ImageLayout: String, Hashable, Sendable, CaseIterable {
  /// N x C x H x W, the convention of ONNX and PyTorch.
  case channelsFirst = "nchw"
  /// N x H x W x C, the convention of TensorFlow.
  case channelsLast = "nhwc"

  /// The layout of batches of images (four axes) with channels on `channelAxis`; `nil` for any other axis.
  package init?(channelAxis: Int?) {
    switch channelAxis {
    case 1: self = .channelsFirst
    case 3: self = .channelsLast
    default: return nil
    }
  }
}

/// The meaning of a sample's axes, which determines how an adapter may permute them.
package enum SampleAxes: Hashable, Sendable {
  /// The axes of an array, in stored order.
  case stored
  /// Channels, rows and columns of a decoded image: they may be permuted for a network.
  case image
  /// The order that the user requested, whatever the network declares.
  case stated
  /// The places of a sequence, such as a text's tokens; their number may differ from sample to sample.
  case places
}

extension Shape {
  /// `C x H x W` as `H x W x C`; `nil` unless there are three axes.
  var movingChannelsLast: Shape? { rank == 3 ? [self[1], self[2], self[0]] : nil }

  /// `H x W x C` as `C x H x W`; `nil` unless there are three axes.
  var movingChannelsFirst: Shape? { rank == 3 ? [self[2], self[0], self[1]] : nil }
}

extension Tensor {
  /// Images `N x C x H x W` as `N x H x W x C`. Complexity: one pass over the `float32` elements.
  func movingChannelsLast() -> Tensor {
    let (channels, pixels) = (shape[1], shape[2] * shape[3])
    return swappingInner(rows: channels, columns: pixels, to: [shape[0], shape[2], shape[3], channels])
  }

  /// Images `N x H x W x C` as `N x C x H x W`. Complexity: one pass over the `float32` elements.
  func movingChannelsFirst() -> Tensor {
    let (channels, pixels) = (shape[3], shape[1] * shape[2])
    return swappingInner(rows: pixels, columns: channels, to: [shape[0], channels, shape[1], shape[2]])
  }

  /// Transposes each slice of the first axis, a matrix of `rows` x `columns`.
  private func swappingInner(rows: Int, columns: Int, to result: Shape) -> Tensor {
    let source = elements(as: Float.self)
    let size = rows * columns
    let moved = [Float](unsafeUninitializedCapacity: source.count) { target, count in
      for start in stride(from: 0, to: source.count, by: max(size, 1)) {
        for row in 0..<rows {
          for column in 0..<columns { target[start + column * rows + row] = source[start + row * columns + column] }
        }
      }
      count = source.count
    }
    return Tensor(shape: result, moved)
  }
}
