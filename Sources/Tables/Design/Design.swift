import EspalierFiles

/// The features of a model with a formula: how the columns of a row become numbers, with all that new rows need.
///
/// In a model's file, as part of JSON to be read:
///
///     "formula": "y ~ x*region + poly(z, 2)", "columns": [...],
///     "factors": [{"name": "x", "of": "x"}, {"name": "region", "of": "region", "reference": "north"},
///       {"name": "poly(z, 2)", "of": "z", "polynomial": {"centres": [...], "squares": [...]}}],
///     "terms": [{"factors": ["x"]}, {"factors": ["region"]}, {"factors": ["poly(z, 2)"]},
///       {"factors": ["x", "region"]}],
///     "offsets": ["log(n)"], "omitted": []
package struct Design: Hashable, Codable, Sendable {
  /// A product of factors.
  package struct Term: Hashable, Codable, Sendable {
    /// The names of the factors.
    package let factors: [String]
    /// Those of levels whose reference has an indicator as well, because no other term represents it.
    package let allLevels: [String]?
  }

  /// The formula.
  package let formula: String
  /// The columns that the factors and offsets read; levels without a reference.
  package let columns: [TableColumn]
  /// The factors.
  package let factors: [DesignFactor]
  /// The terms.
  package let terms: [Term]
  /// The numbers added to the linear predictor, as a formula writes them.
  package let offsets: [String]
  /// The features that are left out because they were constant over the rows of the fit.
  package let omitted: [String]

  /// A design of these parts.
  init(
    formula: String, columns: [TableColumn], factors: [DesignFactor], terms: [Term], offsets: [String],
    omitted: [String] = []
  ) {
    self.formula = formula
    self.columns = columns
    self.factors = factors
    self.terms = terms
    self.offsets = offsets
    self.omitted = omitted
  }

  /// The same design without these features.
  func omitting(_ features: [String]) -> Design {
    Design(
      formula: formula, columns: columns, factors: factors, terms: terms, offsets: offsets, omitted: features)
  }

  /// The names of the features, in order.
  package var featureNames: [String] {
    let omitted = Set(omitted)
    return allFeatureNames.filter { !omitted.contains($0) }
  }

  /// The names of the features, in order, with those left out: of a product, the first factor's vary fastest.
  package var allFeatureNames: [String] {
    let factors = Dictionary(factors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return terms.flatMap { term in
      let names = term.factors.map { name in factors[name].map { features(of: $0, in: term) } ?? [] }
      return names.dropLast().reversed().reduce(names.last ?? []) { rest, own in
        rest.flatMap { right in own.map { "\($0):\(right)" } }
      }
    }
  }

  /// The names of the columns that a factor makes in a term.
  func features(of factor: DesignFactor, in term: Term) -> [String] {
    factor.features(
      levels: columns.first { $0.name == factor.of }?.levels ?? [],
      isFull: term.allLevels?.contains(factor.name) ?? false)
  }

  /// Whether rows are stored sparse: where most of their features are 0.
  package var isSparse: Bool {
    let factors = Dictionary(factors.map { ($0.name, $0.storedCount) }, uniquingKeysWith: { first, _ in first })
    let stored = terms.reduce(0) { $0 + $1.factors.reduce(1) { $0 * (factors[$1] ?? 1) } }
    return 4 * stored < featureNames.count
  }
}
