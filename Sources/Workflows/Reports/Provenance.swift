import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierReports

/// The origin of a result: what is needed to make it again. It holds no path but those that the user typed.
package struct Provenance: Sendable {
  /// The network that a result was made from.
  package struct Model: Sendable, Encodable {
    /// The name of its file, without folders.
    package let file: String
    /// The CRC-32 of the file, as `crc32` prints it.
    package let crc32: String
    /// A checksum of the network as it was read, weights in other files included.
    package let network: String

    /// The network `graph`, read from the file at `path`.
    ///
    /// - Throws: `EspalierError` if the file cannot be read.
    /// - Complexity: O(bytes of the file and of the weights).
    package init(_ graph: Graph, at path: String) throws(EspalierError) {
      file = String(path.split(separator: "/").last ?? "")
      crc32 = try Checksum(ofFile: path).text
      network = Checksum.text(graph.checksum)
    }
  }

  /// The calibration inputs.
  package struct Inputs: Sendable, Encodable {
    /// The data, as typed.
    package let data: [String]
    /// The number of inputs that selection and re-fit used.
    package let used: Int
    /// The number of inputs held out, on which the result was judged.
    package let heldOut: Int
    /// The number of inputs of the twin that was judged instead; `nil` without one.
    @OrNull package private(set) var twin: Int?
    /// The number of inputs that are exact copies of others.
    package let duplicates: Int

    /// The inputs that `data` names, divided as `split` says.
    package init(_ data: [String], _ split: CalibrationSplit) {
      self.data = data
      used = split.calibration.count
      heldOut = split.heldOut?.count ?? 0
      duplicates = split.duplicateCount
      twin = split.twin?.count
    }
  }

  /// The versions that the figures depend on.
  package struct Versions: Sendable, Encodable {
    /// The version of this program.
    package let espalier: String
    /// The library that ran the networks, with its version.
    package let backend: String
  }

  /// The command that was run.
  package let command: ShellCommand
  /// The network.
  package let model: Model
  /// The versions.
  package let versions: Versions
  /// The seed of what is random.
  package let seed: UInt64
  /// The number of threads.
  package let threads: Int
  /// The calibration inputs.
  package let calibration: Inputs

  /// The origin of a result of `command`.
  package init(
    command: ShellCommand, model: Model, version: String, backend: any Backend, seed: UInt64, threads: Int,
    calibration: Inputs
  ) {
    self.command = command
    self.model = model
    versions = Versions(espalier: version, backend: backend.title)
    self.seed = seed
    self.threads = threads
    self.calibration = calibration
  }

  /// The origin as facts of a report.
  package var facts: Facts {
    [
      "Network": "\(model.file), CRC-32 \(model.crc32)", "Version": "espalier \(versions.espalier)",
      "Backend": "\(versions.backend), \(threads) thread\(threads == 1 ? "" : "s")", "Seed": "\(seed)",
      "Inputs": calibration.data.joined(separator: ", "),
      "Used and held out": "\(Format.grouped(calibration.used)), \(Format.grouped(calibration.heldOut))",
    ]
  }
}

extension Provenance: Encodable {
  private enum CodingKeys: CodingKey { case command, model, versions, seed, threads, calibration }

  /// The command is written as a line for a shell.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(command.text, forKey: .command)
    try container.encode(model, forKey: .model)
    try container.encode(versions, forKey: .versions)
    try container.encode(seed, forKey: .seed)
    try container.encode(threads, forKey: .threads)
    try container.encode(calibration, forKey: .calibration)
  }
}
