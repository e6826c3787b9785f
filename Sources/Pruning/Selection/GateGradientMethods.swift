/// The importance of a unit for the network's output: the diagonal of the output's Fisher information, or Gauss-Newton
/// matrix, at a gate on each unit.
///
///     score_i = sum over samples of E (sum over readers and positions of a_i dL/da_i)^2
///
/// For a classifier L is the divergence from the network's own softmax, so that no labels are needed; for other outputs
/// the relative squared error. ``GateGradients`` measures it by one pass of reverse mode through the dense network;
/// pruning group by group uses the same scores.
///
/// Source: W. Kwon et al., "A fast post-training pruning framework for transformers", NeurIPS 2022, section 4.1, with
/// the expectation over the network's own answers in place of labels. Complexity: O(units log units).
package struct OutputFisher: GateGradientMethod {
  /// `fisher`.
  package static let identifier = "fisher"
  /// The title in reports.
  package static let title = "Fisher information"
  /// The network's own output.
  package static let loss = GateGradients.Loss.output
  /// The method, which has no settings.
  package init() {}
}

/// The importance of a unit for the loss on labelled samples: the squared first-order term of its Taylor expansion.
///
///     score_i = sum over samples of (sum over readers and positions of a_i dL/da_i)^2
///
/// with L the cross-entropy to the labels. Calibration data without labels is refused.
///
/// Source: P. Molchanov et al., "Importance estimation for neural network pruning", CVPR 2019, section 3.1, with a gate
/// on each unit (section 3.2). Complexity: O(units log units).
package struct Taylor: GateGradientMethod {
  /// `taylor`.
  package static let identifier = "taylor"
  /// The title in reports.
  package static let title = "Taylor expansion"
  /// The labels.
  package static let loss = GateGradients.Loss.labels
  /// The method, which has no settings.
  package init() {}
}

/// A method that keeps the units with the largest squared gradients of a loss at their gates.
package protocol GateGradientMethod: SelectionMethod {
  /// The loss.
  static var loss: GateGradients.Loss { get }
}

extension GateGradientMethod {
  /// No second moments.
  package static var need: StatisticsNeed { .sums }

  /// The loss.
  package static var gateLoss: GateGradients.Loss? { loss }

  /// Keeps the `count` units with the largest scores.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    guard let scores = problem.traits.gateGradients[Self.loss] else {
      preconditionFailure("the method needs gradients at the gates of units")
    }
    return problem.keepingLargest(count, by: scores)
  }
}
