import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A comparison of the images that arrive at a network's inputs with those that it evidently expects.
///
/// A network that was trained on levels of 0...255 and is fed 0...1 computes nonsense without an error. Three things
/// show it, each with a wide margin, so that no ordinary image is suspected:
/// * the file states a range of numbers (``DeclaredPixels``), and those that arrive leave it or fill next to nothing of
///   it;
/// * what reaches the first layer, after the network's own arithmetic (``LeadingArithmetic``), is nearly constant: in
///   every channel the numbers lie ``steadiness`` times as far from zero as they spread;
/// * the network normalises its images itself, and the result spreads by less or more than ``spreads``, where
///   normalised images spread by about 1.
package enum ArrivingImages {
  /// The ratio of mean to standard deviation from which numbers are nearly constant. Natural images have about 2, and
  /// pages of text, nearly white, below 20; images of 0...1 less the means of 0...255 have above 100.
  static let steadiness = 30.0
  /// The standard deviations of images that a network has normalised itself. Levels of 0...255, which some networks
  /// make of 0...1 themselves, have about 64; levels taken for numbers of 0...1 and divided by ImageNet's deviations
  /// above 250.
  static let spreads = 0.02...100
  /// The number of samples that are looked at.
  static let sampleCount = 16

  /// The sentences that say what seems wrong, one for each suspicious input.
  ///
  /// - Parameters:
  ///   - dataset: The data that feeds `graph`.
  ///   - pixels: What the network's file states.
  /// - Throws: `EspalierError` if the data cannot be read or does not fit.
  package static func warnings(
    _ dataset: any Dataset, for graph: Graph, pixels: DeclaredPixels
  ) throws(EspalierError) -> [String] {
    let inputs = graph.declaredInputs.filter {
      ($0.elementType.isFloatingPoint || $0.elementType == .uint8) && $0.dimensions.count == 4
    }
    guard !inputs.isEmpty else { return [] }
    let adapter = try InputAdapter(dataset, for: graph)
    let few = dataset.representatives(sampleCount)
    guard let batch = try few.stream(batchSize: few.count).next() else { return [] }
    let tensors = adapter(batch)
    return inputs.compactMap { input in
      tensors[input.name].flatMap { tensor in
        let arithmetic = LeadingArithmetic(onInput: input.name, of: graph)
        return ChannelStatistics(tensor, along: arithmetic.channelAxis).flatMap {
          sentence($0, arithmetic, pixels).map { "input \"\(input.name)\" of the network and \(dataset.name): \($0)" }
        }
      }
    }
  }

  /// What seems wrong; `nil` for nothing.
  private static func sentence(
    _ arriving: ChannelStatistics, _ arithmetic: LeadingArithmetic, _ pixels: DeclaredPixels
  ) -> String? {
    let own = "\(rounded(arriving.least)) to \(rounded(arriving.most))"
    if let range = pixels.range, !arriving.fills(range) {
      return "the file states pixels of \(rounded(Double(range.lowerBound))) to \(rounded(Double(range.upperBound))), "
        + "and numbers of \(own) arrive; prepare them so, or leave out what changes them (preset, scale, mean, std)"
    }
    let reaching = arriving.transformed(arithmetic.factors, arithmetic.offsets)
    let remedy = remedy(arithmetic)
    if reaching.isNearlyConstant(steadiness) {
      return "what reaches the first layer is nearly constant, around \(rounded(reaching.mean)) with a spread of "
        + "\(rounded(reaching.spread)), so that the network hardly sees the images; numbers of \(own) arrive\(remedy)"
    }
    if arithmetic.isNormalization, reaching.spread > 0, !spreads.contains(reaching.spread) {
      return "the network normalises its images itself, and of numbers of \(own) it makes numbers that spread "
        + "by \(rounded(reaching.spread)) instead of about 1\(remedy)"
    }
    return nil
  }

  /// What to do: the ranges of which the network's arithmetic makes numbers of ordinary size, if it does any.
  private static func remedy(_ arithmetic: LeadingArithmetic) -> String {
    guard !arithmetic.isNone else {
      return "; give images prepared as in its training (a folder of images takes ,preset= and ,scale=)"
    }
    let fitting = TypicalImages.all.filter { typical in
      let reaching = typical.statistics.transformed(arithmetic.factors, arithmetic.offsets)
      return !reaching.isNearlyConstant(steadiness)
        && (!arithmetic.isNormalization || (0.2...5).contains(reaching.spread))
    }
    return fitting.isEmpty
      ? "" : ", and it seems to want \(fitting.map(\.words).joined(separator: " or "))"
  }

  private static func rounded(_ number: Double) -> String {
    let shown = abs(number) >= 10 ? number.rounded() : (1000 * number).rounded() / 1000
    return shown == shown.rounded() && abs(shown) < 1e9 ? "\(Int(shown))" : "\(shown)"
  }
}

/// Photographs in a usual range of numbers: mean and deviation are about 0.45 and 0.25 of the brightest level.
private struct TypicalImages {
  let words: String
  let statistics: ChannelStatistics

  private init(_ words: String, _ range: ClosedRange<Double>) {
    let width = range.upperBound - range.lowerBound
    self.words = words
    statistics = ChannelStatistics(
      means: [range.lowerBound + 0.45 * width], deviations: [0.25 * width], least: range.lowerBound,
      most: range.upperBound)
  }

  static let all = [
    TypicalImages("0 to 255 (preset=raw)", 0...255), TypicalImages("0 to 1 (preset=unit)", 0...1),
    TypicalImages("-1 to 1 (preset=tensorflow)", -1...1),
  ]
}
