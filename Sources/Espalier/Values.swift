import EspalierFiles
import EspalierTensors

/// A dense array of single precision numbers, in row-major order: the samples that go into a network and the answers
/// that come out.
public struct Values: Hashable, Sendable {
  /// The sizes of the axes, the samples along the first.
  public let shape: [Int]
  /// The elements, the last axis innermost.
  public let elements: [Float]

  /// An array of `shape`.
  ///
  /// - Throws: `EspalierError` unless there are as many elements as the shape says.
  public init(shape: [Int], _ elements: [Float]) throws(EspalierError) {
    guard let checked = Shape(checking: shape), checked.elementCount == elements.count else {
      throw EspalierError(.argument, "an array of shape \(shape)", "does not have \(elements.count) elements")
    }
    self.shape = shape
    self.elements = elements
  }

  /// The numbers of a tensor.
  init(_ tensor: Tensor, subject: String) throws(EspalierError) {
    guard let floats = tensor.floats() else {
      throw EspalierError(.data, subject, "holds \(tensor.elementType), which are no real numbers")
    }
    shape = tensor.shape.sizes
    elements = floats
  }

  var tensor: Tensor { Tensor(shape: Shape(shape), elements) }
}
