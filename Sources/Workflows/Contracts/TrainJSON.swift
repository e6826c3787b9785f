import EspalierTraining

/// The JSON of `train`.
package struct TrainJSON: Encodable {
  /// One epoch of training, as the JSON of `finetune` has it too.
  package struct Epoch: Encodable {
    let epoch: Int
    let loss: Double
    let seconds: Double

    /// The epoch of this number, its mean loss, and how long it took.
    package init(_ epoch: Int, loss: Double, seconds: Double) {
      (self.epoch, self.loss, self.seconds) = (epoch, loss, seconds)
    }
  }

  let epochs: [Epoch]
  let evaluation: Evaluation?

  /// The epochs, and how well the network does after them.
  package init(epochs: [Epoch], evaluation: Evaluation?) {
    (self.epochs, self.evaluation) = (epochs, evaluation)
  }
}
