/// A factor of a model's terms: one or several columns made from a column or a number of a row, with all that new rows
/// need.
package struct DesignFactor: Hashable, Sendable {
  /// The columns that are made.
  package enum Basis: Hashable, Sendable {
    /// The number itself.
    case number
    /// An indicator of each level of the column, or of each but the reference.
    case levels(reference: String)
    /// Orthogonal polynomials.
    case polynomial(PolynomialBasis)
    /// Powers from 1 to a degree.
    case powers(Int)
    /// A natural cubic spline.
    case spline(NaturalSpline)
    /// B-splines.
    case bSpline(BSpline)
  }

  /// The name, as in the formula.
  package let name: String
  /// The column of levels, or the number as a formula writes it.
  package let of: String
  /// The columns that are made.
  package let basis: Basis

  /// The names of the columns made: of levels, for a column of these.
  ///
  /// - Parameters:
  ///   - levels: The levels of the column.
  ///   - isFull: Whether the reference level has an indicator as well.
  func features(levels: [String], isFull: Bool) -> [String] {
    func numbered(_ count: Int) -> [String] { (1...count).map { "\(name)[\($0)]" } }
    switch basis {
    case .number: return [name]
    case .levels(let reference): return levels.filter { isFull || $0 != reference }.map { "\(name)=\($0)" }
    case .polynomial(let basis): return numbered(basis.degree)
    case .powers(let degree): return numbered(degree)
    case .spline(let spline): return numbered(spline.count)
    case .bSpline(let spline): return numbered(spline.count)
    }
  }

  /// The number of columns that are not 0 in a row.
  var storedCount: Int {
    switch basis {
    case .number, .levels: 1
    case .polynomial(let basis): basis.degree
    case .powers(let degree): degree
    case .spline(let spline): spline.count
    case .bSpline(let spline): min(spline.count, spline.degree + 1)
    }
  }
}

extension DesignFactor: Codable {
  private enum Key: String, CodingKey { case name, of, reference, polynomial, powers, spline, bSpline }

  /// Reads name, source and the one basis that is there; without any, the number itself.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    name = try values.decode(String.self, forKey: .name)
    of = try values.decode(String.self, forKey: .of)
    if let reference = try values.decodeIfPresent(String.self, forKey: .reference) {
      basis = .levels(reference: reference)
    } else if let polynomial = try values.decodeIfPresent(PolynomialBasis.self, forKey: .polynomial) {
      basis = .polynomial(polynomial)
    } else if let degree = try values.decodeIfPresent(Int.self, forKey: .powers) {
      basis = .powers(degree)
    } else if let spline = try values.decodeIfPresent(NaturalSpline.self, forKey: .spline) {
      basis = .spline(spline)
    } else if let spline = try values.decodeIfPresent(BSpline.self, forKey: .bSpline) {
      basis = .bSpline(spline)
    } else {
      basis = .number
    }
  }

  /// Writes what `init(from:)` reads.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(name, forKey: .name)
    try values.encode(of, forKey: .of)
    switch basis {
    case .number: break
    case .levels(let reference): try values.encode(reference, forKey: .reference)
    case .polynomial(let polynomial): try values.encode(polynomial, forKey: .polynomial)
    case .powers(let degree): try values.encode(degree, forKey: .powers)
    case .spline(let spline): try values.encode(spline, forKey: .spline)
    case .bSpline(let spline): try values.encode(spline, forKey: .bSpline)
    }
  }
}
