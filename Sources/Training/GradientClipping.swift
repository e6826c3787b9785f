/// Gradients shortened to a length at most: `g <- g min(1, limit / || g ||)`, with the norm over all parameters
/// together.
///
/// Source: R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks" (ICML 2013),
/// algorithm 1.
package struct GradientClipping: Hashable, Sendable {
  /// The longest that a gradient may be.
  package var limit: Float

  /// Clipping to this length.
  package init(limit: Float) {
    self.limit = limit
  }

  /// Shortens the gradients in place. Complexity: two passes over them at most.
  func clip(_ gradients: [UnsafeMutableBufferPointer<Float>]) {
    var squares = 0.0
    for gradient in gradients {
      // Blocks in single precision, their sums in double.
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
