import EspalierReports

extension ShellCommand {
  /// The file that the command writes; `nil` if it names none.
  var outputPath: String? { value(of: "--output") ?? value(of: "-o") }

  /// The command of a pruning with other sizes: `change` applied to the fractions of its budgets (`--budget macs=0.5`)
  /// or, without budgets, to the fraction kept of all groups (`--keep 0.5`).
  ///
  /// `nil` if it has neither: budgets in units of their own, or sizes of single groups only.
  func changingSize(_ change: (Double) -> Double) -> ShellCommand? {
    func changed(_ text: Substring) -> String? {
      guard let fraction = Double(text), 0 < fraction, fraction <= 1 else { return nil }
      return Format.number(change(fraction), digits: 3)
    }
    guard let budget = value(of: "--budget") else {
      guard let keep = values(of: "--keep").last(where: { !$0.contains("=") }) else { return nil }
      return changed(keep[...]).map { fraction in setting("--keep", to: fraction) { !$0.contains("=") } }
    }
    guard let sign = budget.firstIndex(of: "="), values(of: "--budget").count == 1 else { return nil }
    return changed(budget[budget.index(after: sign)...]).map { setting("--budget", to: "\(budget[...sign])\($0)") }
  }
}
