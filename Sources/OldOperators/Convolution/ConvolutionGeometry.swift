import Graph
import Tensors

/// The sizes of a convolution: `Y[n, o, p] = B[o] + sum over c, t of W[o, c, t] X[n, g C/groups + c, p stride - before + t dilation]`,
/// with `g` the group that output channel `o` belongs to.
///
/// X is `batch x inputChannels x spatial`, W `outputChannels x inputChannels / groups x kernel`, B `outputChannels`, and Y
/// `batch x outputChannels x windows`.
struct ConvolutionGeometry: Hashable, Sendable {
  var batch: Int
  var inputChannels: Int
  var outputChannels: Int
  /// In how many parts the channels are cut, each seeing nothing of the others.
  var groups: Int
  var windows: Windows

  /// The sizes of the convolution of X of shape `source` with W of shape `weights`, by the node's attributes.
  init(_ invocation: Invocation, source: Shape, weights: Shape) throws {
    groups = try invocation.int("group", default: 1)
    guard source.rank >= 3, source.rank == weights.rank else {
      throw invocation.error("cannot convolve \(source) with weights of shape \(weights)")
    }
    guard groups > 0, source[1] % groups == 0, source[1] / groups == weights[1], weights[0] % groups == 0 else {
      throw invocation.error(
        "cannot convolve \(source) with weights of shape \(weights) in \(groups) groups of channels")
    }
    let kernel = Array(weights.dropFirst(2))
    if let stated = try invocation.ints("kernel_shape"), stated != kernel {
      throw invocation.error("its kernel_shape \(stated) is not that of its weights, \(kernel)")
    }
    batch = source[0]
    inputChannels = source[1]
    outputChannels = weights[0]
    windows = try Windows(invocation, over: Array(source.dropFirst(2)), kernel: kernel)
  }

  /// Input channels that an output sees.
  var channelsPerGroup: Int { inputChannels / groups }

  /// The shape of X.
  var sourceShape: Shape { Shape([batch, inputChannels] + windows.axes.map(\.size)) }

  /// The shape of W.
  var weightShape: Shape { Shape([outputChannels, channelsPerGroup] + windows.axes.map(\.kernel)) }

  /// The shape of Y.
  var resultShape: Shape { Shape([batch, outputChannels] + windows.outputSizes) }

  /// Multiply-accumulate operations: for each output, the channels it sees times the taps.
  var macs: Int { batch * outputChannels * windows.outputCount * channelsPerGroup * windows.kernelCount }

  /// Whether nothing is computed at all.
  var isEmpty: Bool { sourceShape.contains(0) || weightShape.contains(0) || resultShape.contains(0) }

  /// Calls `body` for every sample, output channel and input channel that it sees, with where their planes begin in X, W and Y.
  func forEachPlane(_ body: (_ source: Int, _ weights: Int, _ result: Int) -> Void) {
    let (inputs, taps, outputs) = (windows.inputCount, windows.kernelCount, windows.outputCount)
    for sample in 0..<batch {
      for output in 0..<outputChannels {
        let first = output / (outputChannels / groups) * channelsPerGroup
        for channel in 0..<channelsPerGroup {
          body(
            (sample * inputChannels + first + channel) * inputs, (output * channelsPerGroup + channel) * taps,
            (sample * outputChannels + output) * outputs)
        }
      }
    }
  }
}
