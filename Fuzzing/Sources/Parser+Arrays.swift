import EspalierDatasets
import EspalierFiles
import EspalierTensors

extension Parser {
  /// NumPy's arrays, as a tensor and as samples.
  static let npy = Parser("npy", in: "samples.npy") { (path) throws(EspalierError) in
    _ = try NPY.read(path)
    try readSamples(path)
  }

  /// NumPy's archives of arrays.
  static let npz = Parser("npz", in: "arrays.npz") { (path) throws(EspalierError) in
    _ = try NPZ.read(path)
  }

  /// Named tensors in the format `safetensors`.
  static let safetensors = Parser("safetensors") { (bytes) throws(EspalierError) in
    let file = try SafeTensors(reading: BytesInMemory(bytes, subject: "input"))
    for entry in file.entries { _ = try file.floats(entry.name) }
  }

  /// Images in MNIST's format, plain or gzip.
  static let idx = Parser("idx", in: "images-idx3-ubyte") { (path) throws(EspalierError) in
    try readSamples(path)
  }

  /// Reads all samples of a file twice: in order, and by position.
  private static func readSamples(_ path: String) throws(EspalierError) {
    let data = try DatasetLocation(parsing: path).open()
    let stream = try data.stream(batchSize: 64)
    while try stream.next() != nil {}
    _ = try data.samples(at: Array(0..<min(data.count, 64)))
  }
}
