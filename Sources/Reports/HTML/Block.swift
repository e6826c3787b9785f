/// A block of a section.
package indirect enum Block: Hashable, Sendable {
  /// Text, with inline `**strong**`, `*stressed*` and `` `code` ``.
  case paragraph(String)
  /// Short facts side by side, each a name and a value.
  case facts(Facts)
  /// A table.
  case table(Table)
  /// A line chart.
  case chart(Chart)
  /// A grid of values shown by colour.
  case heatMap(HeatMap)
  /// A network as a picture.
  case diagram(LayerDiagram)
  /// A claim, the verdict on it, and the evidence.
  case verdict(Verdict, claim: String, evidence: String)
  /// Blocks that are collapsed until the reader opens them.
  case details(summary: String, [Block])
  /// Preformatted text, such as the command that was run.
  case code(String)
  /// Blocks beside each other if there is room, otherwise below each other.
  case sideBySide([Block])
  /// Blocks below each other, as one of those that stand side by side.
  case stack([Block])
}

extension [Block] {
  /// The blocks two by two beside each other.
  package var inPairs: [Block] {
    stride(from: 0, to: count, by: 2).map { .sideBySide(Array(self[$0...].prefix(2))) }
  }
}

/// The verdict on a claim.
package enum Verdict: Hashable, Sendable {
  /// The claim holds.
  case holds
  /// The claim does not hold.
  case fails
  /// The claim holds in some of the cases that were tried.
  case mixed
  /// Information without a claim.
  case information
  /// A reason to be careful with a result.
  case caution
  /// The claim was not tried, or what was tried does not decide it.
  case open
}

/// Names and values, in order: `["Parameters": "21.8 M", "MACs": "3.68 G"]`.
package struct Facts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// A name and its value.
  package struct Fact: Hashable, Sendable {
    /// The name of the value.
    package var name: String
    /// The formatted value.
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
