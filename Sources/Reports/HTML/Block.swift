/// What a section is made of.
package indirect enum Block: Hashable, Sendable {
  /// Text, with `**strong**`, `*stressed*` and `` `code` `` inside.
  case paragraph(String)
  /// Short facts side by side, each a name and a value.
  case facts(Facts)
  /// A table.
  case table(Table)
  /// A line chart.
  case chart(Chart)
  /// A grid of values shown by colour.
  case heatMap(HeatMap)
  /// A claim, whether it holds, and what shows it.
  case verdict(Verdict, claim: String, evidence: String)
  /// Blocks that are folded away until the reader asks for them.
  case details(summary: String, [Block])
  /// Text as it stands, such as the command that was run.
  case code(String)
  /// Blocks beside each other where there is room, below each other where there is not.
  case sideBySide([Block])
}

/// Whether a claim holds.
package enum Verdict: Hashable, Sendable {
  /// It does.
  case holds
  /// It does not.
  case fails
  /// In part.
  case mixed
  /// Nothing is claimed: something to know.
  case information
}

/// Names and values, in order: `["Parameters": "21.8 M", "MACs": "3.68 G"]`.
package struct Facts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// A name and its value.
  package struct Fact: Hashable, Sendable {
    /// What the value is of.
    package var name: String
    /// The value as it is shown.
    package var value: String

    /// Makes a fact.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The facts, in order.
  package var facts: [Fact]

  /// Makes a list of facts.
  package init(_ facts: [Fact]) {
    self.facts = facts
  }

  /// Makes a list of facts in the order they are written.
  package init(dictionaryLiteral elements: (String, String)...) {
    facts = elements.map { Fact($0, $1) }
  }
}
