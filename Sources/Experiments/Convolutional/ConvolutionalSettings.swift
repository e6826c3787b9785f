/// The settings of the image experiment, on which all results depend.
package struct ConvolutionalSettings: PruningStudySettings {
  /// The network.
  package var architecture: ConvolutionalArchitecture
  /// The file of the dense network; `nil` if it is trained here.
  package var model: String?
  /// The name of the data.
  package var data: String
  /// The number of training samples.
  package var trainingCount: Int
  /// The number of test samples.
  package var testCount: Int
  /// The number of unlabelled training samples for pruning.
  package var calibrationCount: Int
  /// The number of epochs of training.
  package var epochs: Int
  /// The number of epochs of fine-tuning at the end.
  package var finetuneEpochs: Int
  /// The number of epochs of fine-tuning after each group that the public code prunes; other sizes have none.
  package var blockEpochs: Int
  /// Samples in a step.
  package var batchSize: Int
  /// The initial step size of training.
  package var stepSize: Double
  /// The initial step size of fine-tuning.
  package var finetuneStepSize: Double
  /// Widths are rounded to a multiple of this.
  package var multiple: Int
  /// The seed of all random choices.
  package var seed: UInt64

  /// Makes settings.
  package init(
    architecture: ConvolutionalArchitecture, model: String?, data: String, trainingCount: Int, testCount: Int,
    calibrationCount: Int, epochs: Int, finetuneEpochs: Int, blockEpochs: Int, batchSize: Int, stepSize: Double,
    finetuneStepSize: Double,
    multiple: Int, seed: UInt64
  ) {
    self.architecture = architecture
    self.model = model
    self.data = data
    self.trainingCount = trainingCount
    self.testCount = testCount
    self.calibrationCount = calibrationCount
    self.epochs = epochs
    self.finetuneEpochs = finetuneEpochs
    self.blockEpochs = blockEpochs
    self.batchSize = batchSize
    self.stepSize = stepSize
    self.finetuneStepSize = finetuneStepSize
    self.multiple = multiple
    self.seed = seed
  }
}
