/// The settings of the experiment on text encoders, on which all results depend.
package struct EncoderSettings: PruningStudySettings {
  /// The file the dense network comes from.
  package var model: String
  /// The names of the data to train on and to measure on.
  package var data, test: String
  /// How many samples are trained on, measured on, and looked at by pruning.
  package var trainingCount, testCount, calibrationCount: Int
  /// How often the dense network is trained on every sample first; 0 where it is trained already.
  package var epochs: Int
  /// How often a pruned network sees every sample.
  package var finetuneEpochs: Int
  /// Samples in a step.
  package var batchSize: Int
  /// The largest step size of training and of fine-tuning.
  package var stepSize: Double
  /// All that is random follows from it.
  package var seed: UInt64

  /// These settings.
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
