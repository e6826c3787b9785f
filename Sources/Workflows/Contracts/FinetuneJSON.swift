import EspalierPruning
import EspalierTraining

/// The JSON of `finetune`.
package struct FinetuneJSON: Encodable {
  /// The distance of a network from its teacher before and after fine-tuning.
  package struct Distillation: Encodable {
    /// The fidelity of all outputs to the teacher's.
    package struct Outputs: Encodable {
      package let before: Fidelity
      package let after: Fidelity
    }

    package let before: DistillationError
    package let after: DistillationError
    package let outputs: Outputs
    /// The record of a distillation block by block; `nil` of one by epochs.
    package private(set) var record: DistillationRecord?

    /// The result of a distillation block by block: the errors of all outputs.
    package init(_ record: DistillationRecord, outputs: (before: Fidelity, after: Fidelity)) {
      let points = outputs.after.outputs.filter { $0.relativeError != nil }.map(\.name)
      func error(_ error: Double) -> DistillationError {
        DistillationError(points: points, error: error, count: record.heldOut)
      }
      self.init(before: error(record.outputs.before), after: error(record.outputs.after), outputs: outputs)
      self.record = record
    }

    /// The errors at all points, and those of the outputs alone.
    package init(before: DistillationError, after: DistillationError, outputs: (before: Fidelity, after: Fidelity)) {
      (self.before, self.after) = (before, after)
      self.outputs = Outputs(before: outputs.before, after: outputs.after)
    }
  }

  package let epochs: [TrainJSON.Epoch]
  package let before: Evaluation?
  package let after: Evaluation?
  package let distillation: Distillation?

  /// The epochs, the accuracies if there are labels, and the errors if there is a teacher.
  package init(epochs: [TrainJSON.Epoch], before: Evaluation?, after: Evaluation?, distillation: Distillation?) {
    (self.epochs, self.before, self.after, self.distillation) = (epochs, before, after, distillation)
  }
}
