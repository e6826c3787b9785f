import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sizes of a pool, which reduces each window of each channel of a tensor `N x C x spatial` to one number.
///
/// Attributes: `kernel_shape`, `strides`, `dilations`, `pads` or `auto_pad`, and `ceil_mode`.
package struct PoolingGeometry: Hashable, Sendable {
  /// The shape of the input.
  package let source: Shape
  /// The windows over the spatial axes of the input.
  package let windows: Windows

  /// The pool of an X of shape `source`, by the node's attributes.
  init(_ call: Invocation, over source: Shape) throws(EspalierError) {
    guard source.rank >= 3, !source.dropFirst(2).contains(0) else {
      throw call.error("has nothing to pool in an input of shape \(source)")
    }
    guard let kernel = try call.ints("kernel_shape") else {
      throw call.error("lacks the attribute \"kernel_shape\"")
    }
    windows = try Windows(
      call, over: Array(source.dropFirst(2)), kernel: kernel, roundsUp: try call.flag("ceil_mode"))
    self.source = source
  }

  /// The shape of the result.
  package var result: Shape { Shape(source.prefix(2) + windows.outputSizes) }

  /// Rejects a gradient of the result that does not have its shape.
  func check(_ gradient: Shape, of call: Invocation) throws(EspalierError) {
    guard gradient == result else {
      throw call.error("a gradient of shape \(gradient) is not that of pooling \(source)")
    }
  }
}
