import ArgumentParser

/// Momenta from 0 up to, but not including, 1, with commas between them: `0.5,0.9`.
struct MomentaArgument: ExpressibleByArgument {
  let values: [Double]

  init(_ values: [Double]) {
    self.values = values
  }

  init?(argument: String) {
    var values: [Double] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Double(part), (0..<1).contains(value) else { return nil }
      if !values.contains(value) { values.append(value) }
    }
    self.init(values)
  }

  var defaultValueDescription: String { values.map(\.description).joined(separator: ",") }
}
