import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The inputs covered by sliding windows, one window per row (im2col): from n x channels x spatial to (n x windows) x
/// (channels x taps).
///
/// It turns a convolution into a matrix product, for statistics. The attributes are those of a convolution, and
/// `every`, 1 by default: only the windows of each sample whose number is a multiple of it have rows.
package struct Unfold: Operator {
  /// `espalier::Unfold`.
  package static let name: OperatorName = .own("Unfold")

  /// The attributes of a node with every n-th of these windows.
  package static func attributes(_ windows: Windows, every step: Int = 1) -> [(String, Attribute)] {
    let axes = windows.axes
    return [("every", .int(Int64(step)))]
      + [
        ("kernel_shape", axes.map(\.kernel)), ("strides", axes.map(\.stride)), ("dilations", axes.map(\.dilation)),
        ("pads", axes.map(\.before) + axes.map(\.after)),
      ].map { ($0.0, .ints($0.1.map(Int64.init))) }
  }

  /// The number of samples.
  package let samples: Int
  /// The number of channels.
  package let channels: Int
  /// The windows over the spatial axes.
  package let windows: Windows
  /// The distance of windows with rows.
  package let step: Int

  /// The number of windows of a sample with rows.
  package var windowCount: Int { (windows.outputCount + step - 1) / step }

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.floatInput(0).shape
    let kernel = try call.ints("kernel_shape") ?? []
    guard shape.rank == kernel.count + 2 else { throw call.error("cannot unfold \(shape)") }
    windows = try Windows(call, over: Array(shape.dropFirst(2)), kernel: kernel)
    (samples, channels) = (shape[0], shape[1])
    step = try call.int("every", default: 1)
    guard step > 0 else { throw call.error("cannot take every window of distance \(step)") }
  }

  /// Rows and columns.
  package var outputs: [TensorType] {
    [
      TensorType([
        Int.limitedProduct(samples, windowCount), Int.limitedProduct(channels, windows.kernelCount),
      ])
    ]
  }
}
