/// The settings of the experiment on networks for images, on which all results depend.
package struct ConvolutionalSettings: PruningStudySettings {
  /// The network.
  package var architecture: ConvolutionalArchitecture
  /// The file the dense network comes from; `nil` where it is trained here.
  package var model: String?
  /// The name of the data.
  package var data: String
  /// How many samples are trained on.
  package var trainingCount: Int
  /// How many samples accuracies are measured on.
  package var testCount: Int
  /// How many unlabelled training samples pruning looks at.
  package var calibrationCount: Int
  /// How often the dense network sees every sample.
  package var epochs: Int
  /// How often a pruned network sees every sample.
  package var finetuneEpochs: Int
  /// Samples in a step.
  package var batchSize: Int
  /// The initial step size of training.
  package var stepSize: Double
  /// The initial step size of fine-tuning.
  package var finetuneStepSize: Double
  /// Widths are rounded to a multiple of this.
  package var multiple: Int
  /// All that is random follows from it.
  package var seed: UInt64

  /// These settings.
  package init(
    architecture: ConvolutionalArchitecture, model: String?, data: String, trainingCount: Int, testCount: Int,
    calibrationCount: Int, epochs: Int, finetuneEpochs: Int, batchSize: Int, stepSize: Double,
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
    self.batchSize = batchSize
    self.stepSize = stepSize
    self.finetuneStepSize = finetuneStepSize
    self.multiple = multiple
    self.seed = seed
  }
}
