/// What one run of a node costs.
package struct Cost: Hashable, Sendable {
  /// Multiply-accumulate operations of matrix products and convolutions, the field's usual count (half its FLOPs), and two an
  /// element for batch normalisation, as published tables count it.
  package var macs: Int

  /// A cost of so many multiply-accumulate operations.
  package init(macs: Int = 0) {
    self.macs = macs
  }
}
