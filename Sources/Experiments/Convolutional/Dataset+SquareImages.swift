import EspalierDatasets
import EspalierFiles
import EspalierTensors

extension Dataset {
  /// The side in pixels and the number of classes of labelled square images of three channels, the data of the
  /// experiments on convolutional networks.
  ///
  /// - Throws: `EspalierError` if the samples are anything else.
  package func squareImages() throws(EspalierError) -> (side: Int, classes: Int) {
    let shape = sampleShape
    guard shape.rank == 3, shape[0] == 3, shape[1] == shape[2] else {
      throw EspalierError(
        .data, name, "has samples of shape \(shape), and square images of three channels are needed",
        remedy: "for grey ones add ,size=32,channels=3")
    }
    guard let classes = classCount else {
      throw EspalierError(.data, name, "has no labels", remedy: "give a folder of images for each class")
    }
    return (shape[1], classes)
  }
}
