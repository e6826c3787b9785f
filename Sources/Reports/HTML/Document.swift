import EspalierFiles
import Foundation

/// A report: one self-contained HTML file, without scripts or network access.
///
/// It is readable on a phone, on a wide screen and on paper, in light and dark mode. Equal values give equal bytes:
/// nothing such as the time of day is included implicitly.
package struct Document: Hashable, Sendable {
  /// The heading, and the title of the window.
  package var title: String
  /// One or two sentences below the heading, with emphasis as in a paragraph.
  package var subtitle: String?
  /// The parts of the report.
  package var sections: [Section]

  /// Makes a report.
  package init(title: String, subtitle: String? = nil, sections: [Section] = []) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }

  /// The complete file, which is also well-formed XML.
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

  /// Writes the file atomically; to standard output if `path` is `-`.
  package func write(to path: String) throws(EspalierError) {
    try TextOutput.write(Data(html.utf8), to: path)
  }

  /// Links to the sections, if there are enough of them.
  private var contents: [Markup] {
    guard sections.count > 3 else { return [] }
    let links = sections.enumerated().map { index, section in
      Markup.element("a", ["href": "#section-\(index + 1)"], text: section.title)
    }
    return [.element("nav", ["aria-label": "Contents"], links)]
  }
}

/// A part of a report, with its own heading.
package struct Section: Hashable, Sendable {
  /// The heading.
  package var title: String
  /// The contents.
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
