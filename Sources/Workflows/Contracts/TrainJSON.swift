import EspalierTraining

/// The JSON of `train`.
package struct TrainJSON: Encodable {
  /// One epoch of training; part of the JSON of `finetune` too.
  package struct Epoch: Encodable {
    let epoch: Int
    let loss: Double
    let seconds: Double

    /// The epoch with this number, its mean loss, and its duration.
    package init(_ epoch: Int, loss: Double, seconds: Double) {
      (self.epoch, self.loss, self.seconds) = (epoch, loss, seconds)
    }
  }

  let epochs: [Epoch]
  let evaluation: Evaluation?

  /// The epochs, and the evaluation after them.
  package init(epochs: [Epoch], evaluation: Evaluation?) {
    (self.epochs, self.evaluation) = (epochs, evaluation)
  }
}
