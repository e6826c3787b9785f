/// One of a node's inputs or outputs.
package enum Port: Hashable, Sendable {
  case input(Int)
  case output(Int)
}

/// One axis of one of a node's inputs or outputs.
package struct PortAxis: Hashable, Sendable {
  /// The input or output.
  package var port: Port
  /// The axis, counted from 0.
  package var axis: Int
  /// The number of blocks of the first axis that have different elements along this one: 1 except for the weights of
  /// grouped convolutions, whose c / g input channels are different ones in each of g blocks of outputs, c in all.
  package var blocks: Int

  /// The axis `axis` of `port`.
  package init(_ port: Port, _ axis: Int, blocks: Int = 1) {
    self.port = port
    self.axis = axis
    self.blocks = blocks
  }
}
