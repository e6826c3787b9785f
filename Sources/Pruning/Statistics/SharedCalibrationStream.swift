import EspalierDatasets
import EspalierFiles
import EspalierProcesses
import EspalierTensors

/// A stream of batches of calibration inputs that the processes of a group share, one each in a round.
package protocol SharedCalibrationStream: AnyObject {
  /// The inputs of this process in the next round, and the round; `nil` after the last.
  ///
  /// A process for which no batch is left has no inputs, except in the first round: there it has those of another, to
  /// see what batches look like.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  func next() throws(EspalierError) -> (inputs: [String: Tensor]?, round: BatchRound)?
}

/// Batches of a stream that every process reads, of which each keeps its own.
final class DealtCalibration: SharedCalibrationStream {
  private let stream: any CalibrationStream
  private let processes: any ProcessGroup
  private var (index, position) = (0, 0)

  init(_ stream: any CalibrationStream, among processes: any ProcessGroup) {
    (self.stream, self.processes) = (stream, processes)
  }

  func next() throws(EspalierError) -> (inputs: [String: Tensor]?, round: BatchRound)? {
    var (sizes, first, own): ([Int], [[String: Tensor]], [String: Tensor]?) = ([], [], nil)
    while sizes.count < processes.count, let inputs = try stream.next() {
      if sizes.count == processes.rank { own = inputs }
      if index == 0 { first.append(inputs) }
      sizes.append(inputs.sampleCount)
    }
    guard !sizes.isEmpty else { return nil }
    if index == 0 { own = own ?? first[processes.rank % first.count] }
    let round = BatchRound(index: index, position: position, sizes: sizes)
    index += sizes.count
    position = round.end
    return (own, round)
  }
}
