import EspalierFiles
import EspalierTensors

extension DatasetKind {
  /// An array of samples, optionally followed by a comma and an array of labels.
  static let npy = DatasetKind(
    form: "INPUTS.npy[,LABELS.npy]", summary: "NumPy arrays",
    recognizes: { PathPair($0).samples.hasSuffix(".npy") },
    open: { argument, purpose throws(EspalierError) in
      let paths = PathPair(argument)
      if purpose.inputs.count == 1, purpose.inputs[0].samples != .first, paths.labels == nil {
        return try PlacedSamples.dataset(try NPY.read(argument), for: purpose.inputs[0], name: argument)
      }
      return try StoredDataset(
        name: argument, samples: StoredSamples(npy: RandomAccessFile(paths.samples)),
        labels: paths.labels.map { path throws(EspalierError) in
          (try Labels.read(NPY.read(path), subject: path), path)
        })
    })

  /// An archive with an array for each input of the network, by their names, or with an array of samples; optionally
  /// with an array of labels.
  static let npz = DatasetKind(
    form: "FILE.npz",
    summary: "NumPy arrays called as the network's inputs, or x, or inputs; labels are called y or labels",
    recognizes: { $0.hasSuffix(".npz") },
    open: { path, purpose throws(EspalierError) in
      try ArrayArchive(path, inputs: purpose.inputs).dataset()
    })
}

/// The arrays of an `.npz` file as samples.
private struct ArrayArchive {
  private let path: String
  private let declared: [DeclaredInput]
  private let names: [String]
  private let sources: [String: any ByteSource]

  /// The archive at `path`, for these inputs, or unknown ones.
  init(_ path: String, inputs: [DeclaredInput]) throws(EspalierError) {
    self.path = path
    declared = inputs
    let sources = try NPZ.sources(path)
    names = Array(sources.keys)
    self.sources = Dictionary(uniqueKeysWithValues: sources.map { ($0.key, $0.value) })
  }

  /// The samples, of a field for each input or of one tensor.
  func dataset() throws(EspalierError) -> any Dataset {
    guard declared.count > 1 else { return try part(try only(), of: declared.first, name: path) }
    let parts = try declared.map { (input) throws(EspalierError) -> JoinedDataset.Part in
      guard let source = sources[input.name] else { throw lacks("array \(input.name)") }
      return (input.name, try part(source, of: input, name: "\(path), \(input.name)"))
    }
    return try JoinedDataset(parts, name: path)
  }

  /// The array of samples that are one tensor.
  private func only() throws(EspalierError) -> any ByteSource {
    let known = inputs + ["x", "inputs"]
    guard let source = known.lazy.compactMap({ sources[$0] }).first else {
      throw lacks("array \(known.dropLast().listed()) or inputs")
    }
    return source
  }

  private var inputs: [String] { declared.map(\.name) }

  private func part(
    _ source: any ByteSource, of input: DeclaredInput?, name: String
  ) throws(EspalierError) -> any Dataset {
    if let input, input.samples != .first {
      return try PlacedSamples.dataset(try NPY.read(source), for: input, name: name)
    }
    return try StoredDataset(
      name: name, samples: StoredSamples(npy: source),
      labels: labels.map { (labels) throws(EspalierError) in
        (try Labels.read(NPY.read(labels), subject: labels.subject), labels.subject)
      })
  }

  /// The array of labels, unless that is an input.
  private var labels: (any ByteSource)? {
    ["y", "labels"].lazy.filter { !inputs.contains($0) }.compactMap { sources[$0] }.first
  }

  private func lacks(_ what: String) -> EspalierError {
    EspalierError(.data, path, "has no \(what), but: \(names.isEmpty ? "nothing" : names.listed())")
  }
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
