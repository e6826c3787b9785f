extension Claim {
  /// Every claim of the two papers that an experiment judges, in the order of the papers.
  package static var all: [Claim] { ofISpaSP + ofSPPAM }

  /// The claims at `exhibit`.
  package static func all(at exhibit: Exhibit) -> [Claim] { all.filter { $0.exhibit == exhibit } }
}

extension Exhibit {
  /// Every figure, table and statement that an experiment answers, in the order of the papers.
  package static let all: [Exhibit] = [
    .syntheticDecay, .twoLayer, .efficiency, .resNet34, .mobileNetV2, .encoder, .quadraticMap, .stability, .rates,
    .regressions, .networks, .rules,
  ]
}
