extension Table {
  /// The table in a container that scrolls by itself on a narrow page.
  var markup: Markup {
    let best = bestValues()
    let head = columns.map { column in
      Markup.element("th", ["scope": "col", "class": column.alignment.className], text: column.title)
    }
    let body = rows.indices.map { row in
      Markup.element(
        "tr", [:],
        columns.indices.map { column in
          let cell = cell(row, column)
          let isBest = best[column] != nil && best[column] == cell.value
          return .element(
            "td", ["class": columns[column].alignment.className],
            [isBest ? .element("b", ["title": "the best of its column"], text: cell.text) : .emphasised(cell.text)])
        })
    }
    let caption = caption.map { [Markup.element("figcaption", [:], [.emphasised($0)])] } ?? []
    let table = Markup.element(
      "table", [:], [.element("thead", [:], [.element("tr", [:], head)]), .element("tbody", [:], body)])
    let region = Markup.element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": self.caption ?? "Table"], [table])
    return .element("figure", ["class": "table"], caption + [region])
  }
}

extension Column.Alignment {
  fileprivate var className: String? { self == .trailing ? "number" : nil }
}
