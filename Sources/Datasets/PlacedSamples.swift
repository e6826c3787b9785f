import EspalierFiles
import EspalierTensors

/// The samples of an array for an input that has them elsewhere than along its first axis.
enum PlacedSamples {
  /// The samples along the axis that `input` has them along; one value for all where the array has a single one there,
  /// or the input has none.
  ///
  /// - Throws: `EspalierError` if the array has other axes than the input, or holds no real numbers.
  static func dataset(
    _ array: Tensor, for input: DeclaredInput, name: String
  ) throws(EspalierError) -> any Dataset {
    guard array.shape.rank == input.dimensions.count else {
      throw EspalierError(
        .data, name,
        "has \(array.shape.rank) axes, and the network's input \"\(input.name)\" \(input.dimensions.count)",
        remedy: "save it as the network takes it in one run")
    }
    guard case .axis(let axis) = input.samples else { return try RepeatedValue(array, name: name) }
    let moved = array.movingToFront(axis)
    guard moved.shape[0] == 1 else { return try InMemoryDataset(name: name, inputs: moved) }
    return try RepeatedValue(moved.reshaped(Shape(Array(moved.shape.dropFirst()))), name: name)
  }
}
