import ArgumentParser

extension FitCommand {
  /// Throws a usage error for options that ordered classes, with thresholds beside the coefficients, do not have.
  func checkOrdinal() throws(ValidationError) {
    guard families.family.hasThresholds else { return }
    let steps: [String] = [
      self.steps.isExplicit ? "--step, --momentum or --method" : nil, progressive ? "--progressive" : nil,
      stream ? "--stream" : nil,
    ].compactMap { $0 }
    guard steps.isEmpty else {
      throw ValidationError(
        "--family ordinal takes no \(steps[0]): every row moves its thresholds, and it is fitted in memory, by "
          + "Newton's method")
    }
    guard !penalties.isUsed else {
      throw ValidationError("--path and --cv are not for --family ordinal: give the penalty by --l1 and --l2")
    }
    guard files.beginning == nil else {
      throw ValidationError("--continue is not for --family ordinal: its fit begins at the shares of the classes")
    }
    guard hasIntercept else {
      throw ValidationError(
        "--no-intercept, or -1 in a formula, is not for --family ordinal: its thresholds are its intercepts")
    }
  }
}
