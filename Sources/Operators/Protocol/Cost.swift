/// The cost of one run of a node.
package struct Cost: Hashable, Sendable {
  /// Multiply-accumulate operations of matrix products and convolutions, the usual measure (half the FLOPs), and two
  /// per element for batch normalisation, as published tables count it.
  package var macs: Int

  /// A cost of `macs` multiply-accumulate operations.
  package init(macs: Int = 0) {
    self.macs = macs
  }
}
