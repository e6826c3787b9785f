import ArgumentParser
import EspalierFiles
import EspalierRegression

/// What `predict` writes beside predictions, and on which scale.
struct PredictionOptions: ParsableArguments {
  @Option(
    help: """
      response (the mean, or probabilities) or link: the linear predictor; of several classes, the log odds against \
      the first.
      """)
  var scale = PredictionUncertainty.Scale.response
  @Option(
    help: """
      Add standard errors and the confidence interval of what is predicted, such as 0.95; of Gaussian targets also the \
      interval of a new one.
      """)
  var interval: Double?
  @Flag(help: "Add residuals (response, Pearson, deviance) and leverages; the file must have the target.")
  var residuals = false
  @Option(help: "A column of weights for residuals.") var weights: String?

  func validate() throws {
    if let interval, !(interval > 0 && interval < 1) {
      throw ValidationError("--interval takes a number between 0 and 1")
    }
    guard weights == nil || residuals else { throw ValidationError("--weights is for --residuals") }
  }
}

extension PredictionUncertainty.Scale: ExpressibleByArgument {}
