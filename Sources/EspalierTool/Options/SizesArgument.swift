import ArgumentParser

/// Fractions above 0, at most 1, with commas between them: `0.75,0.5,0.25`.
struct SizesArgument: ExpressibleByArgument {
  let fractions: [Double]

  init(fractions: [Double]) {
    self.fractions = fractions
  }

  init?(argument: String) {
    var fractions: [Double] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let fraction = Double(part), fraction > 0, fraction <= 1 else { return nil }
      if !fractions.contains(fraction) { fractions.append(fraction) }
    }
    self.fractions = fractions
  }

  var defaultValueDescription: String { fractions.map(\.description).joined(separator: ",") }
}
