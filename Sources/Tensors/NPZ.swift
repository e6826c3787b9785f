import EspalierFiles
import OrderedCollections

/// NumPy's archive of named arrays, `.npz`: a zip file of `.npy` files.
package enum NPZ {
  /// The arrays in the archive at `path` by name, in the archive's order; entries may be stored or compressed.
  package static func read(_ path: String) throws(EspalierError) -> OrderedDictionary<String, Tensor> {
    let archive = try ZipArchive(path)
    var arrays: OrderedDictionary<String, Tensor> = [:]
    for entry in archive.entries {
      let name = try arrayName(of: entry, in: archive)
      let subject = "\(path), \(entry.name)"
      guard arrays[name] == nil else { throw EspalierError(.file, subject, "stands twice in the archive") }
      arrays[name] = try NPY.read(BytesInMemory(archive.contents(of: entry), subject: subject))
    }
    return arrays
  }

  /// The `.npy` bytes of the arrays by name, for reading in pieces: regions of the file if they are stored
  /// uncompressed.
  package static func sources(_ path: String) throws(EspalierError) -> OrderedDictionary<String, any ByteSource> {
    let archive = try ZipArchive(path)
    var sources: OrderedDictionary<String, any ByteSource> = [:]
    for entry in archive.entries {
      sources[try arrayName(of: entry, in: archive)] = try archive.source(of: entry)
    }
    return sources
  }

  /// Writes `arrays` to `path`, uncompressed as `numpy.savez` does; the file is written whole or not at all.
  /// - Throws: `EspalierError` for element types that NumPy lacks, above 4 GiB, and if the file cannot be written.
  package static func write(_ arrays: OrderedDictionary<String, Tensor>, to path: String) throws(EspalierError) {
    var writer = ZipWriter(to: path)
    for (name, tensor) in arrays {
      let header = try NPY.header(of: tensor, subject: "\(path), \(name)")
      try writer.add(header + tensor.bytes, name: name + ".npy")
    }
    try writer.write()
  }

  private static func arrayName(of entry: ZipArchive.Entry, in archive: ZipArchive) throws(EspalierError) -> String {
    guard entry.name.hasSuffix(".npy") else {
      throw EspalierError(
        .file, "\(archive.path), \(entry.name)", "is not an .npy array, and an .npz archive holds nothing else")
    }
    return String(entry.name.dropLast(4))
  }
}
