import EspalierFiles

/// The roles of a table's columns.
package struct ColumnRoles: Sendable {
  /// The target column, by name or by number from 1.
  package var target: String
  /// The kind of the target's values.
  package var targetKind: TargetKind
  /// The input columns; `nil` for all without another role.
  package var columns: [String]?
  /// Columns that are left out.
  package var excluded: [String]
  /// Columns whose values are levels even if they look like numbers.
  package var categorical: [String]
  /// A column added to the linear predictor as it is.
  package var offset: String?
  /// A column whose logarithm is added to the linear predictor.
  package var exposure: String?
  /// A column of the examples' weights.
  package var weights: String?
  /// The reference levels of columns; of others it is the first.
  package var references: [String: String] = [:]
  /// The class, of two, whose probability is modelled; `nil` for the second in order.
  package var positive: String?
  /// The classes of a target of ordered classes, in their order; `nil` for that of their numbers.
  package var levels: [String]?

  /// Column roles; all but the target have defaults.
  package init(
    target: String, targetKind: TargetKind = .number, columns: [String]? = nil, excluded: [String] = [],
    categorical: [String] = [], offset: String? = nil, exposure: String? = nil, weights: String? = nil
  ) {
    self.target = target
    self.targetKind = targetKind
    self.columns = columns
    self.excluded = excluded
    self.categorical = categorical
    self.offset = offset
    self.exposure = exposure
    self.weights = weights
  }
}

/// The kind of a target's values.
package enum TargetKind: Sendable {
  /// Numbers.
  case number
  /// 0 and 1, shares between them, or any two values, of which the second in order counts as 1.
  case binary
  /// Classes, numbered in order, even if they look like numbers.
  case classes
  /// Classes whose order has a meaning: that of their numbers, or one that is given.
  case orderedClasses

  /// Whether values are classes even if they look like numbers.
  var isOfClasses: Bool { self == .classes || self == .orderedClasses }
}

/// The treatment of missing values.
package enum MissingValues: String, Sendable, CaseIterable, Codable {
  /// The file is refused, with line and column.
  case refuse
  /// The row is left out.
  case drop
  /// It is replaced by the column's mean or most frequent level. A missing target, weight or offset is an error.
  case mean
}

/// Column roles as positions in a file.
struct ColumnPositions {
  var target: Int
  var features: [Int]
  var categorical: Set<Int>
  var offset: Int?
  var exposure: Int?
  var weights: Int?

  /// Looks up the columns.
  /// - Throws: `EspalierError` if a column is missing or has two roles, or no input column is left.
  init(_ roles: ColumnRoles, in file: DelimitedFile) throws(EspalierError) {
    func position(_ column: String?) throws(EspalierError) -> Int? {
      guard let column else { return nil }
      return try file.position(of: column)
    }
    func positions(_ columns: [String]) throws(EspalierError) -> [Int] {
      var result: [Int] = []
      for column in columns { result.append(try file.position(of: column)) }
      return result
    }
    target = try file.position(of: roles.target)
    offset = try position(roles.offset)
    exposure = try position(roles.exposure)
    weights = try position(roles.weights)
    categorical = Set(try positions(roles.categorical))
    let special = [target, offset, exposure, weights].compactMap { $0 }
    if let twice = special.first(where: { position in special.count { $0 == position } > 1 }) {
      throw EspalierError(.argument, "column \"\(file.header[twice])\" of \(file.input.subject)", "has two roles")
    }
    let excluded = Set(try positions(roles.excluded))
    if let columns = roles.columns {
      // A column named twice counts once.
      var seen: Set<Int> = []
      features = try positions(columns).filter { seen.insert($0).inserted }
      if let own = features.first(where: special.contains) {
        throw EspalierError(.argument, "column \"\(file.header[own])\" of \(file.input.subject)", "has two roles")
      }
    } else {
      features = file.header.indices.filter { !special.contains($0) }
    }
    features.removeAll(where: excluded.contains)
  }
}
