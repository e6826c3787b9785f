import EspalierReports
import EspalierWorkflows

extension ReproductionReport {
  /// The verdicts on the papers' claims, and how many there are of each.
  package var summary: Table {
    let counts = [Verdict.holds, .mixed, .fails, .open].map { verdict in
      publishedClaims.count { $0.verdict == verdict }
    }
    return Table(
      ["Verdict", "Claim", "Place"],
      rows: publishedClaims.map { judged in
        [Cell(Self.words(judged.verdict)), Cell(judged.text), Cell(judged.claim.exhibit?.source ?? "")]
      },
      caption: "Of \(publishedClaims.count) claims of the papers \(counts[0]) hold, \(counts[1]) hold in part, "
        + "\(counts[2]) do not hold, \(counts[3]) are left open.")
  }

  private static func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .mixed: "holds in part"
    case .fails: "does not hold"
    case .open: "left open"
    case .information, .caution: "note"
    }
  }

  /// The report as a page: the verdicts, then each exhibit with what came out here beside it.
  package var document: Document {
    Document(
      title: "Two papers, reproduced",
      subtitle: "i-SpaSP (Wolfe & Kyrillidis) and SPPAM (Kim, Toulis & Kyrillidis), both L4DC 2022: every figure and "
        + "table that this machine bears, at \(size)",
      sections: [Section("Verdicts", [.table(summary)])] + exhibits.map(section)
        + [Section("Environment", [.facts(Environment.facts), .code(command)])])
  }

  private func section(_ exhibit: Exhibit) -> Section {
    let title = "\(exhibit.source): \(exhibit.title)"
    let verdicts = claims(at: exhibit).map(\.block)
    let paper = Block.stack([.paragraph("**In the paper**")] + exhibit.published)
    let run = Block.code("espalier reproduce \(exhibit.experiment)")
    guard case .findings(let findings)? = outcomes[exhibit] else {
      var reason = ""
      if case .notRun(let because)? = outcomes[exhibit] { reason = "Not run, because \(because)." }
      return Section(
        title, verdicts + [.sideBySide([paper, .stack([.paragraph("**Here**"), .paragraph(reason), run])])])
    }
    let here = Block.stack([.paragraph("**Here**")] + findings.figures)
    return Section(
      title,
      verdicts + [
        .sideBySide([paper, here]),
        .details(summary: "All figures", findings.tables.map(Block.table)),
        .details(summary: "Settings", [.facts(findings.facts), run]),
      ])
  }
}
