import EspalierFiles

/// Network slimming: the factor `|gamma|` of the unit's batch normalisation, summed over its channels and, where
/// several layers produce the unit, over their normalisations. Independent of the data.
///
/// The score means something if the network was trained with a penalty on these factors. A group without a batch
/// normalisation is refused by name: exporters often fold it into the weights in front.
///
/// Source: Z. Liu et al., "Learning efficient convolutional networks through network slimming", ICCV 2017, section 3.
/// Complexity: O(channels).
package struct NormalizationScale: SelectionMethod {
  /// `bn-scale`.
  package static let identifier = "bn-scale"
  /// The title in reports.
  package static let title = "Batch normalisation scale"
  /// No second moments.
  package static let need = StatisticsNeed.sums

  /// The method, which has no settings.
  package init() {}

  /// Refuses a group without a batch normalisation.
  package func check(_ problem: SelectionProblem) throws(EspalierError) {
    guard problem.traits.normalizationScales == nil else { return }
    throw EspalierError(
      refusal: "the method \(identifier) cannot judge group \"\(problem.traits.group)\", which has no batch "
        + "normalisation (it may be folded into the weights); leave the group out, or choose another method")
  }

  /// Keeps the `count` units with the largest factors.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    guard let scales = problem.traits.normalizationScales else {
      preconditionFailure("the method needs the scales of a batch normalisation")
    }
    return problem.keepingLargest(count, by: scales)
  }
}
