import EspalierArchitectures
import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation

/// A folder with a small model and data that fits it.
struct Workshop {
  let folder: TemporaryDirectory
  let model: String
  let calibration: String
  let graph: Graph

  init(widths: [Int] = [6, 16, 4]) throws {
    folder = try TemporaryDirectory()
    model = folder.path + "/model.onnx"
    calibration = folder.path + "/calibration.npy"
    let network = MultilayerPerceptron(widths: widths)!.model(seed: 1)
    graph = network.graph
    try ONNXFile.write(network, to: model)
    try NPY.write(Self.random([40, widths[0]]), to: calibration)
  }

  static func random(_ shape: Shape, seed: UInt64 = 2) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(shape: shape, (0..<shape.elementCount).map { _ in Float(generator.normal()) })
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func contents(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

  func json(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }
}
