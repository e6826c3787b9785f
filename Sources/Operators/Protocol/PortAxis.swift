/// One of a node's inputs or outputs.
package enum Port: Hashable, Sendable {
  case input(Int)
  case output(Int)
}

/// One axis of one of a node's inputs or outputs.
package struct PortAxis: Hashable, Sendable {
  /// Which input or output.
  package var port: Port
  /// Which of its axes, counted from 0.
  package var axis: Int
  /// In how many blocks of the first axis the elements of this one are different ones, counted through: 1 but for the weights of
  /// grouped convolutions, whose c / g channels are others in each of g blocks of outputs, c in all.
  package var blocks: Int

  /// The axis `axis` of `port`.
  package init(_ port: Port, _ axis: Int, blocks: Int = 1) {
    self.port = port
    self.axis = axis
    self.blocks = blocks
  }
}
