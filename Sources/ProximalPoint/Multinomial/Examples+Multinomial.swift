import EspalierFiles

extension Examples {
  /// Throws `EspalierError` if there are no examples, or a target is not a class number.
  func validate(for loss: MultinomialLogisticLoss) throws(EspalierError) {
    guard count > 0 else { throw EspalierError(.data, "examples", "there are none") }
    guard let bad = targets.firstIndex(where: { !loss.accepts(target: $0) }) else { return }
    throw EspalierError(
      .data, "targets, row \(bad)", "\(targets[bad]) is not the number of one of \(loss.classes) classes")
  }
}
