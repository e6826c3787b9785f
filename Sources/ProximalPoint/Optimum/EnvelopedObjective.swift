/// An objective whose loss can be replaced by its Moreau envelopes.
package protocol EnvelopedObjective: SmoothObjective {
  associatedtype Envelope: SmoothObjective where Envelope.R == R
  /// Whether the derivative of the loss is continuous.
  var hasSmoothLoss: Bool { get }
  /// The objective of the envelope of this width.
  func envelope(width: Double) -> Envelope
  /// The average of `MoreauEnvelope.excess` over the examples at x.
  func envelopeExcess(width: Double, at x: [Double]) -> Double
}

extension Objective: EnvelopedObjective {
  package var hasSmoothLoss: Bool { loss.isSmooth }

  package func envelope(width: Double) -> Objective<MoreauEnvelope<L>, Rows, R> {
    Objective<MoreauEnvelope<L>, Rows, R>(
      MoreauEnvelope(base: loss, width: width), over: examples, regularizer: regularizer)
  }

  package func envelopeExcess(width: Double, at x: [Double]) -> Double {
    let envelope = MoreauEnvelope(base: loss, width: width)
    return examples.predictors(x).enumerated().reduce(0) { sum, entry in
      sum + examples.weight(entry.offset) * envelope.excess(entry.element, examples.targets[entry.offset])
    } / Double(examples.count)
  }
}
