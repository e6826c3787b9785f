import EspalierFiles

/// How much of the dense network's answers a smaller one keeps, on inputs held out.
package struct FidelityTarget: Hashable, Sendable {
  /// The smallest share of inputs with the same first class; `nil` for any.
  package var agreement: Double?
  /// The largest relative error of an output; `nil` for any.
  package var error: Double?

  /// A target of at least `agreement` and at most `error`.
  package init(agreement: Double? = nil, error: Double? = nil) {
    self.agreement = agreement
    self.error = error
  }

  /// Whether `fidelity` reaches the target.
  ///
  /// - Throws: `EspalierError`, a refusal, if no output has the figure that is asked for.
  func isReached(by fidelity: Fidelity) throws(EspalierError) -> Bool {
    if let agreement {
      guard let own = fidelity.agreement else {
        throw EspalierError(
          refusal: "no output is a row of class scores, so nothing can agree; ask for --error instead")
      }
      if own < agreement { return false }
    }
    if let error {
      guard let own = fidelity.relativeError else {
        throw EspalierError(refusal: "no output is made of real numbers, so none has an error; ask for --agree instead")
      }
      if own > error { return false }
    }
    return true
  }
}
