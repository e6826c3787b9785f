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
