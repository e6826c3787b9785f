import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

extension GradientBuilder {
  /// Sets the gradient of the input at `position`, a vector with one number per channel that is added to the output:
  /// the output's gradient summed over all axes but axis 1.
  mutating func setSumOverChannels(forInput position: Int) {
    let shape = node.outputs[0].shape
    let channels = shape.indices.map { $0 == 1 ? shape[1] : 1 }
    let sum = sum(outputGradient, from: shape, to: Shape(channels))
    set(reshape(sum, to: inputShape(position)), forInput: position)
  }
}

extension OrderedDictionary<String, Attribute> {
  /// The attributes with `shape`, the shape of a derivative's result, added.
  func settingShape(_ shape: Shape) -> Self {
    var attributes = self
    attributes["shape"] = .ints(shape.map(Int64.init))
    return attributes
  }
}

extension Invocation {
  /// The attribute `shape`, the shape of a derivative's result.
  func statedShape() throws(EspalierError) -> Shape {
    guard let sizes = try ints("shape"), let shape = Shape(checking: sizes) else {
      throw error("attribute \"shape\" is missing or is none")
    }
    return shape
  }
}
