import ArgumentParser

/// `0.5` for all groups, or `GROUP=0.4` for one.
struct KeepArgument: ExpressibleByArgument {
  let group: String?
  let fraction: Double

  init?(argument: String) {
    let equals = argument.lastIndex(of: "=")
    group = equals.map { String(argument[..<$0]) }
    let number = equals.map { argument[argument.index(after: $0)...] } ?? argument[...]
    guard let fraction = Double(number), fraction > 0, fraction <= 1, group != "" else { return nil }
    self.fraction = fraction
  }
}
