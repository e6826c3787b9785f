import Files
import Tensors

/// Brings the samples of a data set into the shape that a network's input declares.
///
/// Axes may be grouped differently as long as a sample has as many numbers: 28 x 28 pixels feed an input of 784.
public struct InputAdapter: Sendable {
  /// The name of the input.
  public let input: String
  /// The shape of one sample as the network wants it.
  public let sampleShape: Shape

  /// An adapter from samples of `dataset` to an input whose axes are `dimensions`, the batch first, `nil` where any size will do.
  ///
  /// - Throws: `DataError` that names the data and both shapes if they do not fit.
  public init(_ dataset: any Dataset, to input: String, dimensions: [Int?]) throws(DataError) {
    let wanted = Array(dimensions.dropFirst())
    let own = dataset.sampleShape
    if wanted.count == own.rank, zip(wanted, own).allSatisfy({ $0 == nil || $0 == $1 }) {
      sampleShape = own
    } else if let sizes = wanted as? [Int], let shape = Shape(checking: sizes), shape.elementCount == own.elementCount {
      sampleShape = shape
    } else {
      let text = wanted.map { $0.map(String.init) ?? "?" }.joined(separator: " x ")
      throw DataError(
        dataset.name, "has samples of shape \(own), and the network's input \"\(input)\" wants \(text)",
        remedy: "give data of that shape")
    }
    self.input = input
  }

  /// The inputs of `batch` in the network's shape.
  public func callAsFunction(_ batch: Batch) -> Tensor {
    batch.inputs.reshaped(Shape([batch.count] + sampleShape))
  }
}
