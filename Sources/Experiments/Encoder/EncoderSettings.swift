/// The settings of the text encoder experiment, on which all results depend.
package struct EncoderSettings: PruningStudySettings {
  /// The file of the dense network.
  package var model: String
  /// The names of the training and test data.
  package var data, test: String
  /// The numbers of samples for training, testing and pruning.
  package var trainingCount, testCount, calibrationCount: Int
  /// The number of epochs of training before pruning; 0 if the network is trained already.
  package var epochs: Int
  /// The number of epochs of fine-tuning.
  package var finetuneEpochs: Int
  /// Samples in a step.
  package var batchSize: Int
  /// The largest step size of training and of fine-tuning.
  package var stepSize: Double
  /// The seed of all random choices.
  package var seed: UInt64

  /// Makes settings.
  package init(
    model: String, data: String, test: String, trainingCount: Int, testCount: Int, calibrationCount: Int,
    epochs: Int, finetuneEpochs: Int, batchSize: Int, stepSize: Double, seed: UInt64
  ) {
    (self.model, self.data, self.test) = (model, data, test)
    (self.trainingCount, self.testCount, self.calibrationCount) = (trainingCount, testCount, calibrationCount)
    (self.epochs, self.finetuneEpochs, self.batchSize) = (epochs, finetuneEpochs, batchSize)
    (self.stepSize, self.seed) = (stepSize, seed)
  }
}
