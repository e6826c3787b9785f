import EspalierFiles
import Foundation

/// A report: one HTML file that needs nothing else, neither network nor scripts.
///
/// It reads well on a telephone, on a wide screen and on paper, in light and in dark. The same value gives the same
/// bytes: nothing such as the time of day gets in by itself.
package struct Document: Hashable, Sendable {
  /// The heading, and the title of the window.
  package var title: String
  /// One or two sentences below the heading; may be emphasised like a paragraph.
  package var subtitle: String?
  /// The parts of the report.
  package var sections: [Section]

  /// Makes a report.
  package init(title: String, subtitle: String? = nil, sections: [Section] = []) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }

  /// The whole file; it is well formed as XML too.
  package var html: String {
    let head = Markup.element(
      "head", [:],
      [
        .element("meta", ["charset": "utf-8"]),
        .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .element("title", text: title), Markup(raw: "<style>\n\(StyleSheet.text)\n</style>\n"),
      ])
    let header = Markup.element(
      "header", [:],
      [.element("h1", text: title)] + (subtitle.map { [.element("p", [:], [.emphasised($0)])] } ?? []))
    let parts = sections.enumerated().map { index, section in section.markup(identifier: "section-\(index + 1)") }
    let main = Markup.element("main", [:], [header] + contents + parts)
    let page = Markup.element("html", ["lang": "en"], [head, Markup(raw: "\n"), .element("body", [:], [main])])
    return "<!DOCTYPE html>\n" + page.string + "\n"
  }

  /// Writes the file, which appears whole or not at all; to standard output when `path` is `-`.
  package func write(to path: String) throws(EspalierError) {
    try TextOutput.write(Data(html.utf8), to: path)
  }

  /// Links to the sections, where there are enough of them to look for one.
  private var contents: [Markup] {
    guard sections.count > 3 else { return [] }
    let links = sections.enumerated().map { index, section in
      Markup.element("a", ["href": "#section-\(index + 1)"], text: section.title)
    }
    return [.element("nav", ["aria-label": "Contents"], links)]
  }
}

/// A part of a report, under a heading of its own.
package struct Section: Hashable, Sendable {
  /// The heading.
  package var title: String
  /// What stands below it.
  package var blocks: [Block]

  /// Makes a section.
  package init(_ title: String, _ blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }

  func markup(identifier: String) -> Markup {
    let content = [Markup.element("h2", text: title)] + blocks.map(\.markup)
    return Markup([Markup(raw: "\n"), .element("section", ["id": identifier], content)])
  }
}
