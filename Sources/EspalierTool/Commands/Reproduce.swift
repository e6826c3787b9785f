import ArgumentParser

/// `espalier reproduce`.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs an experiment of the papers and says whether its claim holds.",
    subcommands: [
      ReproduceAll.self,
      ISpaSPDecay.self, ISpaSPMNIST.self, ISpaSPBaselines.self, ISpaSPResNet34.self, ISpaSPMobileNetV2.self,
      ISpaSPBERT.self,
      SPPAMQuadratic.self, SPPAMGLM.self, SPPAMNetworks.self, SPPAMStability.self, SPPAMRates.self, SPPAMRules.self,
    ])
}
