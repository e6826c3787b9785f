/// Clips gradients to a largest norm: `g <- g min(1, limit / || g ||)`, with the norm over all parameters together.
///
/// Source: R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks" (ICML 2013),
/// algorithm 1.
package struct GradientClipping: Hashable, Sendable {
  /// The largest norm.
  package var limit: Float

  /// Clipping to this norm.
  package init(limit: Float) {
    self.limit = limit
  }

  /// Scales the gradients in place. Complexity: at most two passes over them.
  func clip(_ gradients: [UnsafeMutableBufferPointer<Float>]) {
    var squares = 0.0
    for gradient in gradients {
      // Blocks are summed in single precision, their sums in double.
      for start in stride(from: 0, to: gradient.count, by: 1024) {
        var block: Float = 0
        for i in start..<min(start + 1024, gradient.count) { block += gradient[i] * gradient[i] }
        squares += Double(block)
      }
    }
    let norm = Float(squares.squareRoot())
    guard norm > limit, norm.isFinite else { return }
    let factor = limit / norm
    for gradient in gradients {
      for i in 0..<gradient.count { gradient[i] *= factor }
    }
  }
}
