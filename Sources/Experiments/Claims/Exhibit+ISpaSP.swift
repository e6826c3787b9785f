import EspalierReports

extension Exhibit {
  /// The synthetic figure: residual against size.
  package static let syntheticDecay = Exhibit(
    paper: .iSpaSP, place: "sections 4 and 5, theory and synthetic experiments",
    title: "The residual of compressible representations",
    experiment: "ispasp-decay",
    published: [
      .paragraph(
        "The squared residual ‖V‖² against the size kept, on a logarithmic scale, for hidden representations whose "
          + "rows follow a power law with exponent p, of 100 and of 200 units. Read off the plot of 100 units:"),
      .table(
        Table(
          [.numbers("p"), .numbers("first sizes"), .numbers("last sizes")],
          rows: [
            [.number(0.3), .number(1e-3), Cell("below 1e-13", value: 1e-13)],
            [.number(0.9), .number(0.1), .number(1e-5)],
          ])),
    ])

  /// The experiment on two-layer networks.
  package static let twoLayer = Exhibit(
    paper: .iSpaSP, place: "section 5, two-layer networks on MNIST", title: "Accuracy and time to prune against size",
    experiment: "ispasp-mnist",
    published: [
      .paragraph(
        "Accuracy against size and the time to prune, beside greedy forward selection: as accurate, and cheaper by "
          + "several orders of magnitude.")
    ])

  /// The claim on efficiency in the abstract.
  package static let efficiency = Exhibit(
    paper: .iSpaSP, place: "abstract", title: "The cost of pruning beside provable baselines",
    experiment: "ispasp-baselines",
    published: [
      .paragraph(
        "i-SpaSP improves upon the pruning efficiency of provable baselines, greedy forward selection in its forms for "
          + "one layer and for many, by several orders of magnitude.")
    ])

  /// The table of ResNet34.
  package static let resNet34 = images(.resNet34)
  /// The table of MobileNetV2.
  package static let mobileNetV2 = images(.mobileNetV2)

  private static func images(_ family: ConvolutionalArchitecture.Family) -> Exhibit {
    Exhibit(
      paper: .iSpaSP, place: "table of \(family.title) on ImageNet", title: "\(family.title), fine-tuned",
      experiment: "ispasp-\(family.rawValue)", published: [.table(PublishedResults.table(family))])
  }

  /// The experiment on text.
  package static let encoder = Exhibit(
    paper: .iSpaSP, place: "BERT on XNLI", title: "A text encoder, fine-tuned", experiment: "ispasp-bert",
    published: [
      .paragraph(
        "The same algorithm on the blocks of BERT, fine-tuned on XNLI. The public code has no part for it, and the "
          + "figures of the paper are not at hand.")
    ])
}
