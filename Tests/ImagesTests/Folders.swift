import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Foundation

extension TemporaryDirectory {
  /// Copies of fixtures under other names, directories made on the way.
  func fill(_ files: [String: String]) throws {
    for (name, fixture) in files { try write(name, FileContents.read(Fixture.path(fixture))) }
  }

  /// A file in a directory that is made if need be.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let directory = URL(fileURLWithPath: path + "/" + name).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    _ = try file(name, bytes)
  }
}

/// All batches of a stream.
func collect(_ stream: any BatchStream) throws(EspalierError) -> [Batch] {
  var batches: [Batch] = []
  while let batch = try stream.next() { batches.append(batch) }
  return batches
}

/// The data set that an argument of the command line names.
func open(_ argument: String, split: Split = .train) throws(EspalierError) -> any Dataset {
  try DatasetLocation(parsing: argument).open(split: split)
}
