import ArgumentParser

/// Fractions of a group's units, separated by commas: `0.75,0.5,0.25`.
struct SizesArgument: ExpressibleByArgument {
  let fractions: [Double]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let fractions = parts.compactMap { $0 }
    guard fractions.count == parts.count, fractions.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    self.fractions = fractions
  }
}
