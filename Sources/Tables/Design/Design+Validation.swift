import EspalierFiles

extension Design {
  /// Checks that a design read from a file, which may have been edited, is one that a fit could have made.
  ///
  /// - Throws: `EspalierError` that names `subject` and the invalid part.
  package func validate(subject: String) throws(EspalierError) {
    let levels = Dictionary(columns.map { ($0.name, $0.levels) }, uniquingKeysWith: { first, _ in first })
    var known: Set<String> = []
    for factor in factors {
      let name = "\(subject), factor \"\(factor.name)\""
      guard known.insert(factor.name).inserted else { throw EspalierError(.file, name, "is there twice") }
      switch factor.basis {
      case .levels(let reference):
        guard let levels = levels[factor.of] ?? nil else {
          throw EspalierError(.file, name, "is of the column \"\(factor.of)\", which has no levels")
        }
        guard levels.contains(reference) else {
          throw EspalierError(.file, name, "has the reference \"\(reference)\", which is none of its levels")
        }
      case .polynomial(let basis):
        guard basis.isValid else { throw EspalierError(.file, name, "has no valid polynomial") }
      case .powers(let degree):
        guard (1...30).contains(degree) else { throw EspalierError(.file, name, "has the degree \(degree)") }
      case .number, .spline, .bSpline: break
      }
    }
    for term in terms {
      if let other = (term.factors + (term.allLevels ?? [])).first(where: { !known.contains($0) }) {
        throw EspalierError(.file, subject, "has a term with \"\(other)\", which is none of its factors")
      }
      guard !term.factors.isEmpty, Set(term.factors).count == term.factors.count else {
        throw EspalierError(.file, subject, "has a term without factors, or with one twice")
      }
    }
    var names: Set<String> = []
    if let twice = allFeatureNames.first(where: { !names.insert($0).inserted }) {
      throw EspalierError(.file, subject, "has the feature \"\(twice)\" twice")
    }
    do throws(EspalierError) {
      _ = try DesignPlan(self)
    } catch {
      throw error.within(subject)
    }
  }
}
