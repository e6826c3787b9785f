import EspalierExperiments
import EspalierPruning
import EspalierReports
import EspalierTraining
import EspalierWorkflows

/// The progress lines of a job in several stages, such as an experiment on several networks: one for each stage.
final class StageLines {
  private let options: RunOptions
  private let batch: Int
  private var current: (title: String, line: ProgressLine, done: Int)?

  /// Lines for training in batches of `batch` samples.
  init(_ options: RunOptions, batch: Int) {
    self.options = options
    self.batch = batch
  }

  /// Shows the progress of calibration.
  func calibration(_ title: String, _ count: Int, of total: Int?) {
    advance("calibration, \(title)", to: count, total: total, note: nil)
  }

  /// Shows the progress of a pruning.
  func pruning(_ stage: MeasuredPruning.Stage) {
    switch stage {
    case .calibration(let done, let total): advance("calibration", to: done, total: total, note: nil)
    case .twin(let done, let total):
      advance("calibration of the twin that is judged", to: done, total: total, note: nil)
    case .comparison(let done, let total): advance("comparison", to: done, total: total, note: nil)
    }
  }

  /// Shows the progress of sharing out a budget.
  func budget(_ stage: BudgetPlanner.Stage) {
    switch stage {
    case .statistics(let done, let total): advance("statistics of all groups", to: done, total: total, note: nil)
    case .curves(let done, let total): advance("size-error curves", to: done, total: total, unit: "sizes", note: nil)
    case .pruning(let title, let done, let total): advance("pruning, \(title)", to: done, total: total, note: nil)
    }
  }

  /// Shows the progress of training.
  func training(_ title: String, _ progress: Trainer.Progress) {
    advance(
      "training, \(title)", to: progress.sampleCount, total: progress.stepCount * batch,
      note: "epoch \(progress.epoch) loss \(Format.number(progress.loss, digits: 3))")
  }

  /// Shows the progress of a distillation, with the errors of each part on held-out inputs at its end.
  func distillation(_ event: BlockwiseDistillation.Event) {
    func title(_ round: Int, _ number: Int, _ count: Int) -> String {
      let again = round == 2 ? " again" : ""
      return number == 0 ? "distillation, whole network" : "distillation, block \(number) of \(count)\(again)"
    }
    switch event {
    case .step(let round, let number, let count, let steps):
      advance(title(round, number, count), to: steps, total: nil, unit: "steps", note: nil)
    case .trained(let block, let number, let count):
      let errors = [block.before, block.after].map { Format.number($0, digits: 3) }
      advance(
        title(block.round, number, count), to: block.steps, total: nil, unit: "steps",
        note: "\(block.name): error \(errors[0]) before, \(errors[1]) after")
      finish()
    }
  }

  /// Shows the progress of one of several experiments.
  func show(_ stage: ReproductionStage, of experiment: String) {
    advance("\(experiment): \(stage.title)", to: stage.done, total: stage.total, unit: stage.unit, note: nil)
  }

  /// Ends the current line.
  func finish() {
    current?.line.finish()
    current = nil
  }

  private func advance(_ title: String, to count: Int, total: Int?, unit: String = "samples", note: String?) {
    if current?.title != title || count < current?.done ?? 0 {
      finish()
      current = (title, options.progress(title, total: total, unit: unit), 0)
    }
    current?.line.advance(by: count - (current?.done ?? 0), note: note)
    current?.done = count
  }
}
