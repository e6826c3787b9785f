import EspalierReports
import EspalierTraining
import EspalierWorkflows

/// The progress of training, on the progress line and as a list of epochs.
final class EpochLog {
  private(set) var epochs: [TrainJSON.Epoch] = []
  private let line: ProgressLine
  private let batch: Int
  private let count: Int
  private var start = ContinuousClock.now

  /// A log of training for `count` epochs in batches of `batch` samples.
  init(_ line: ProgressLine, batch: Int, epochs count: Int) {
    self.line = line
    self.batch = batch
    self.count = count
  }

  /// Records a step.
  func note(_ progress: Trainer.Progress) {
    line.advance(by: batch, note: "epoch \(progress.epoch)/\(count) loss \(Format.number(progress.loss, digits: 3))")
    guard progress.endsEpoch else { return }
    let now = ContinuousClock.now
    epochs.append(TrainJSON.Epoch(progress.epoch, loss: progress.loss, seconds: (now - start) / .seconds(1)))
    start = now
  }
}
