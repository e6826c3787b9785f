import EspalierPruning

extension SelectionMethods {
  /// The methods that judge any network by unlabelled inputs and leave the weights of kept units as they are.
  static var general: [any SelectionMethod] {
    all.filter { ![Taylor.identifier, NormalizationScale.identifier].contains($0.identifier) && !$0.mergesUnits }
  }
}
