import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sizes of a convolution:
/// `Y[n, o, p] = B[o] + sum over c, t of W[o, c, t] X[n, g C/groups + c, p stride - before + t dilation]`, with `g` the
/// group that output channel `o` belongs to.
///
/// X is `batch x inputChannels x spatial`, W `outputChannels x inputChannels / groups x kernel`, B `outputChannels`,
/// and Y `batch x outputChannels x windows`.
package struct ConvolutionGeometry: Hashable, Sendable {
  /// The batch size.
  package let batch: Int
  /// The number of channels of X.
  package let inputChannels: Int
  /// The number of channels of Y.
  package let outputChannels: Int
  /// The number of groups of channels, which are independent of each other.
  package let groups: Int
  /// The windows over the spatial axes of X.
  package let windows: Windows

  /// The sizes of the convolution of X of shape `source` with W of shape `weights`, by the node's attributes.
  init(_ call: Invocation, source: Shape, weights: Shape) throws(EspalierError) {
    groups = try call.int("group", default: 1)
    guard source.rank >= 3, source.rank == weights.rank else {
      throw call.error("cannot convolve \(source) with weights of shape \(weights)")
    }
    guard groups > 0, source[1] % groups == 0, source[1] / groups == weights[1], weights[0] % groups == 0 else {
      throw call.error(
        "cannot convolve \(source) with weights of shape \(weights) in \(groups) groups of channels")
    }
    let kernel = Array(weights.dropFirst(2))
    if let stated = try call.ints("kernel_shape"), stated != kernel {
      throw call.error("its kernel_shape \(stated) is not that of its weights, \(kernel)")
    }
    batch = source[0]
    inputChannels = source[1]
    outputChannels = weights[0]
    windows = try Windows(call, over: Array(source.dropFirst(2)), kernel: kernel)
  }

  /// The number of input channels that contribute to an output.
  package var channelsPerGroup: Int { inputChannels / groups }

  /// Whether each input channel has filters of its own.
  package var isDepthwise: Bool { groups > 1 && channelsPerGroup == 1 }

  /// The shape of X.
  package var sourceShape: Shape { Shape([batch, inputChannels] + windows.axes.map(\.size)) }

  /// The shape of W.
  package var weightShape: Shape { Shape([outputChannels, channelsPerGroup] + windows.axes.map(\.kernel)) }

  /// The shape of Y.
  package var resultShape: Shape { Shape([batch, outputChannels] + windows.outputSizes) }

  /// Multiply-accumulate operations: for each output, the number of channels of its group times the number of taps.
  package var macs: Int {
    Int.limitedProduct(batch, outputChannels, windows.outputCount, channelsPerGroup, windows.kernelCount)
  }

  /// Whether X, W or Y has no elements.
  package var isEmpty: Bool { sourceShape.contains(0) || weightShape.contains(0) || resultShape.contains(0) }

  /// Rejects a gradient of Y that does not have its shape.
  func check(_ gradient: Shape, of call: Invocation) throws(EspalierError) {
    guard gradient == resultShape else { throw call.error("a gradient of shape \(gradient) is not of \(resultShape)") }
  }
}
