import Graph

extension Graph {
  /// The axis along which the network looks for the channels of the images that it reads under `name`; `nil` if that
  /// does not follow from the operator that reads them.
  ///
  /// Convolutions, pools and batch normalisations take channels along axis 1; a transposition in front of them (as
  /// exporters of TensorFlow's networks write it) says which axis of the input that is. Arithmetic in between changes
  /// nothing. Complexity: O(nodes).
  package func channelAxis(ofInput name: String) -> Int? {
    let readers = consumers()
    var value = name
    for _ in 0...nodes.count {
      let reading = readers[value, default: []].map { nodes[$0] }.filter { $0.op != ShapeOf.name }
      if reading.contains(where: { Self.takesChannels($0.op) }) { return 1 }
      guard let node = reading.first else { return nil }
      if node.op == Transpose.name {
        guard case .ints(let order)? = node.attributes["perm"], order.count == 4 else { return nil }
        return order[1] == 3 ? 3 : order[1] == 1 ? 1 : nil
      }
      guard Self.keepsAxes(node.op), let output = node.outputs.first else { return nil }
      value = output
    }
    return nil
  }

  private static func takesChannels(_ op: OperatorName) -> Bool {
    [
      Conv.name, ConvTranspose.name, MaxPool.name, AveragePool.name, GlobalAveragePool.name, GlobalMaxPool.name,
      BatchNormalization.name, InstanceNormalization.name, GroupNormalization.name, LRN.name,
    ].contains(op)
  }

  private static func keepsAxes(_ op: OperatorName) -> Bool {
    guard let type = OperatorRegistry.find(op) else { return false }
    return type is any UnaryOperator.Type || type is any BinaryOperator.Type
      || [Identity.name, Dropout.name, Cast.name, Clip.name].contains(op)
  }
}
