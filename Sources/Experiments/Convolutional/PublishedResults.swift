import EspalierReports

/// The paper's results for networks trained on ImageNet.
///
/// Source: C. R. Wolfe and A. Kyrillidis, "i-SpaSP: Structured Neural Pruning via Sparse Signal Recovery" (L4DC 2022,
/// arXiv 2112.04905), the table of ResNet34 and MobileNetV2.
enum PublishedResults {
  /// Method, top-1 accuracy in percent, and cost as the paper prints it.
  private static func rows(_ family: ConvolutionalArchitecture.Family) -> [(String, Double, String)] {
    switch family {
    case .resNet34:
      [
        ("Full model", 73.4, "3.68 G"), ("Filter pruning (Li 2016)", 72.1, "2.79 G"),
        ("Rethinking (Liu 2018)", 72.0, "2.79 G"), ("More is Less (Dong 2017)", 73.0, "2.75 G"),
        ("i-SpaSP", 73.5, "2.69 G"), ("GFS (Ye 2020)", 73.5, "2.64 G"), ("Multi-layer GFS", 73.5, "2.20 G"),
        ("SFP", 71.8, "2.17 G"), ("FPGM", 72.5, "2.16 G"), ("i-SpaSP", 72.5, "2.13 G"), ("GFS", 72.9, "2.07 G"),
        ("Multi-layer GFS", 73.3, "1.90 G"),
      ]
    case .mobileNetV2:
      [
        ("Full model", 72.0, "314 M"), ("i-SpaSP", 71.6, "260 M"), ("GFS", 71.9, "258 M"),
        ("Multi-layer GFS", 72.2, "245 M"), ("i-SpaSP", 71.3, "242 M"), ("LeGR", 71.4, "224 M"),
        ("Uniform", 70.0, "220 M"), ("AMC", 70.8, "220 M"), ("i-SpaSP", 70.7, "220 M"), ("GFS", 71.6, "220 M"),
        ("Multi-layer GFS", 71.7, "218 M"), ("MetaPruning", 71.2, "217 M"),
      ]
    }
  }

  /// The paper's table.
  static func table(_ family: ConvolutionalArchitecture.Family) -> Table {
    Table(
      ["Method", .numbers("top-1"), .numbers("FLOPs")],
      rows: rows(family).map { [Cell($0.0), .percent($0.1 / 100), Cell($0.2)] },
      caption:
        "\(family.title) on ImageNet as published: C. R. Wolfe and A. Kyrillidis, i-SpaSP (L4DC 2022), after "
        + "fine-tuning; the paper's FLOPs are multiply-accumulate operations.")
  }
}
