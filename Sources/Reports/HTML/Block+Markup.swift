extension Block {
  /// The HTML of the block.
  var markup: Markup {
    switch self {
    case .paragraph(let text): .element("p", [:], [.emphasised(text)])
    case .facts(let facts): facts.markup
    case .table(let table): table.markup
    case .chart(let chart): chart.markup
    case .heatMap(let map): map.markup
    case .diagram(let diagram): diagram.markup
    case .verdict(let verdict, let claim, let evidence): verdict.markup(claim: claim, evidence: evidence)
    case .details(let summary, let blocks):
      .element(
        "details", [:],
        [
          .element("summary", [:], [.emphasised(summary)]),
          .element("div", ["class": "folded"], blocks.map(\.markup)),
        ])
    case .code(let text): .element("pre", ["tabindex": "0"], [.element("code", text: text)])
    case .sideBySide(let blocks):
      .element("div", ["class": "beside"], blocks.map { .element("div", [:], [$0.markup]) })
    case .stack(let blocks): Markup(blocks.map(\.markup))
    }
  }
}

extension Facts {
  /// A grid of names and values.
  var markup: Markup {
    .element(
      "dl", ["class": "facts"],
      facts.map { fact in
        .element("div", [:], [.element("dt", text: fact.name), .element("dd", [:], [.emphasised(fact.value)])])
      })
  }
}

extension Verdict {
  /// A badge, the claim and its evidence; the badge states the verdict in words as well as by colour.
  func markup(claim: String, evidence: String) -> Markup {
    let (name, word) =
      switch self {
      case .holds: ("holds", "✓ Holds")
      case .fails: ("fails", "✗ Fails")
      case .mixed: ("mixed", "≈ Mixed")
      case .information: ("information", "Note")
      case .caution: ("mixed", "! Caution")
      case .open: ("open", "Left open")
      }
    var text = [Markup.element("strong", [:], [.emphasised(claim)])]
    if !evidence.isEmpty { text.append(.element("span", [:], [.emphasised(evidence)])) }
    let badge = Markup.element("span", ["class": "badge"], text: word)
    return .element("div", ["class": "verdict \(name)"], [badge, .element("p", [:], text)])
  }
}
