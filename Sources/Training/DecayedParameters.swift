import EspalierTensors

/// The parameters that weight decay draws to zero.
package enum DecayedParameters: String, Hashable, Sendable, CaseIterable, Codable {
  /// Those of two axes and more: weights, not biases and not the scales of normalisations.
  case weights
  /// All but those whose name contains `.bn` or `.bias`, as the public code of i-SpaSP has it for networks of
  /// torchvision: the scales of ResNet's first normalisation and of those in its shortcuts decay, `bn1.weight` and
  /// `layer2.0.downsample.1.weight`, and all scales of MobileNetV2, `features.1.conv.1.weight`.
  case published

  /// Whether the parameter of this name and shape decays.
  package func contains(_ name: String, _ shape: Shape?) -> Bool {
    switch self {
    case .weights: (shape?.rank ?? 0) > 1
    case .published: !name.contains(".bn") && !name.contains(".bias")
    }
  }
}
