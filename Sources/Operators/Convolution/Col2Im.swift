import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Windows added up to images: `N x C windows x positions` becomes `N x C x spatial`, each column the taps of one
/// position of the windows over the images; the inverse direction of unfolding a convolution's input.
///
/// Inputs: the windows, the images' spatial sizes, and the sizes of a window. Attributes: `strides`, `dilations`,
/// `pads`.
package struct Col2Im: Operator {
  /// `Col2Im`.
  package static let name: OperatorName = "Col2Im"

  /// The sizes of images and windows.
  package static var inputsKnownBeforehand: [Int] { [1, 2] }

  /// The windows over the images.
  package let windows: Windows
  /// The number of images.
  package let batch: Int
  /// The number of channels of an image.
  package let channels: Int

  /// Reads the sizes, which must be known before the network runs.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.floatInput(0).shape
    guard let sizes = try call.ints("image_shape", orInput: 1), let kernel = try call.ints("block_shape", orInput: 2),
      sizes.count == kernel.count, sizes.allSatisfy({ $0 > 0 })
    else { throw call.error("does not say how large images and windows are") }
    windows = try Windows(call, over: sizes, kernel: kernel)
    guard input.rank == 3, input[1] % windows.kernelCount == 0, input[2] == windows.outputCount else {
      throw call.error("cannot put windows of \(kernel) in \(input) together to images of \(sizes)")
    }
    (batch, channels) = (input[0], input[1] / windows.kernelCount)
  }

  /// The images.
  package var outputs: [TensorType] { [TensorType(Shape([batch, channels] + windows.axes.map(\.size)))] }

  /// Each channel is tied to the taps of its windows; the positions are frozen.
  package var axes: AxisRule? {
    AxisRule(
      ties: [
        AxisTie(PortAxis(.input(0), 0), PortAxis(.output(0), 0)),
        AxisTie(PortAxis(.output(0), 1), PortAxis(.input(0), 1), block: windows.kernelCount),
      ],
      frozen: [FrozenAxis(PortAxis(.input(0), 2), "adds windows up over it")]
        + windows.axes.indices.map { FrozenAxis(PortAxis(.output(0), $0 + 2), "adds windows up over it") })
  }

  /// Sums of nonnegative numbers are nonnegative.
  package var sign: Sign { .preserved }
}
