import EspalierFiles
import EspalierReports
import EspalierTensors

extension CheckpointOptions {
  /// The results of an experiment, each kept in the folder as soon as it is there. Call ``Checkpoints/finish()`` when
  /// all are written.
  ///
  /// - Parameter outputs: The files that the command writes.
  /// - Throws: `EspalierError` if the folder belongs to another command, or cannot be written to.
  func results(
    writing outputs: String?...
  ) throws(EspalierError) -> (kept: KeptResults, checkpoints: Checkpoints?) {
    guard let checkpoints = try checkpoints(writing: outputs) else { return (.none, nil) }
    // The command itself says all that the results depend on.
    let folder = try checkpoints.folder(of: StateOrigin(sources: [:], settings: [:]), "results")
    return (try KeptResults(in: folder, settings: [:]), checkpoints)
  }
}
