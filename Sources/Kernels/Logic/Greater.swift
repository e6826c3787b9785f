import EspalierOperators

extension Greater: PlainComparison {
  /// `a > b`.
  package static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool { a > b }
}
