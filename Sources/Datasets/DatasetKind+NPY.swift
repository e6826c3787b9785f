import EspalierFiles
import EspalierTensors

extension DatasetKind {
  /// An array of samples, optionally followed by a comma and an array of labels.
  static let npy = DatasetKind(
    form: "INPUTS.npy[,LABELS.npy]", summary: "NumPy arrays",
    recognizes: { PathPair($0).samples.hasSuffix(".npy") },
    open: { argument, _, _ throws(EspalierError) in
      let paths = PathPair(argument)
      return try StoredDataset(
        name: argument, samples: StoredSamples(npy: RandomAccessFile(paths.samples)),
        labels: paths.labels.map { path throws(EspalierError) in
          (try Labels.read(NPY.read(path), subject: path), path)
        })
    })

  /// An archive with an array of samples and optionally an array of labels.
  static let npz = DatasetKind(
    form: "FILE.npz", summary: "NumPy arrays x and y, or inputs and labels",
    recognizes: { $0.hasSuffix(".npz") },
    open: { path, _, _ throws(EspalierError) in
      let sources = try NPZ.sources(path)
      guard let inputs = sources["x"] ?? sources["inputs"] else {
        let names = sources.keys.joined(separator: ", ")
        throw EspalierError(.data, path, "has no array x or inputs, but: \(names.isEmpty ? "nothing" : names)")
      }
      return try StoredDataset(
        name: path, samples: StoredSamples(npy: inputs),
        labels: (sources["y"] ?? sources["labels"]).map { source throws(EspalierError) in
          (try Labels.read(NPY.read(source), subject: source.subject), source.subject)
        })
    })
}

extension StoredSamples {
  /// The samples along the first axis of an `.npy` array, converted to `float32` without scaling.
  init(npy source: any ByteSource) throws(EspalierError) {
    let header = try NPYHeader(reading: source)
    guard !header.isFortranOrder || header.shape.rank < 2 else {
      throw EspalierError(
        .data, source.subject, "is in Fortran order, in which a sample's elements lie apart",
        remedy: "save numpy.ascontiguousarray(array)")
    }
    try self.init(
      source, dataOffset: header.dataOffset, shape: header.shape, elementType: header.elementType,
      isBigEndian: header.isBigEndian)
  }
}
