import EspalierReports

extension DecayReport {
  /// Residual against size, a chart for each number of hidden units.
  var decayCharts: [Chart] {
    Self.sizes.map { size in
      Chart(
        "\(size) hidden units", x: Axis("units kept, s"), y: Axis("‖U − U_S‖² / ‖U‖²", .logarithmic),
        series: decays.filter { $0.hiddenSize == size }.map { decay in
          Series("p = \(decay.exponent)", x: (1..<size).map(Double.init), y: decay.residuals)
        })
    }
  }

  /// The share of the true support found, a chart for each series.
  var recoveryCharts: [Chart] {
    let axes: [(SupportRecovery.Series, String, Axis)] = [
      (.outputs, "Few outputs", Axis("outputs", .logarithmic)),
      (.noise, "Noise", Axis("noise, in sizes of the smallest unit kept", .logarithmic)),
      (.correlation, "Correlated columns", Axis("expected inner product")),
    ]
    return axes.map { series, title, axis in
      Chart(
        title, x: axis, y: Axis("true support found", labels: .percentages),
        series: SupportRecovery.exponents.map { exponent in
          let entries = recoveries.filter { $0.series == series && $0.exponent == exponent }
          return Series("p = \(exponent)", x: entries.map(\.value), y: entries.map(\.foundShare))
        })
    }
  }

  /// Error and bound against depth.
  var depthChart: Chart {
    let layers = (1...DepthDecay.depth).map(Double.init)
    return Chart(
      "Error of the outputs", x: Axis("pruned layers", ticks: layers), y: Axis("‖U − Ũ‖ / ‖U‖", .logarithmic),
      series: depths.flatMap { depth in
        [
          Series("p = \(depth.exponent)", x: layers, y: depth.errors),
          Series("bound, p = \(depth.exponent)", x: layers, y: depth.bounds),
        ]
      })
  }

  /// Residual against size in each group of the trained network.
  var trainedChart: Chart {
    Chart(
      "i-SpaSP by group", x: Axis("share of units kept", .logarithmic), y: Axis("residual", .logarithmic),
      series: trained.map { entry in
        Series(entry.group, x: entry.sizes.map { Double($0) / Double(entry.units) }, y: entry.residuals)
      })
  }
}
