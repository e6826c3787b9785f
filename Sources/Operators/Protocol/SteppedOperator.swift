import EspalierFiles

/// An operator that repeats a step along a sequence.
///
/// It runs as one node. Its derivative is that of its steps written out one after another: backpropagation through time
/// (P. Werbos, "Backpropagation through time: what it does and how to do it", Proceedings of the IEEE 1990).
package protocol SteppedOperator: Operator {
  /// The equivalent nodes for the types of `call`, the node itself, a few of them for each step.
  ///
  /// - Throws: `EspalierError` if a step cannot be written.
  func steps(of call: Invocation) throws(EspalierError) -> Body
}
