import EspalierFiles

/// What the columns of a table are for.
package struct ColumnRoles: Sendable {
  /// The column to be explained, by name or number from 1.
  package var target: String
  /// What the target's values are.
  package var targetKind: TargetKind
  /// The columns that explain; `nil` takes all that have no other role.
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

  /// Makes the roles; all but the target have defaults.
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

/// What the values of a target are.
package enum TargetKind: Sendable {
  /// Numbers.
  case number
  /// 0 and 1, shares between them, or any two values, of which the second in order counts as 1.
  case binary
  /// Classes, numbered in order, whatever they look like.
  case classes
}

/// What is done where a value is missing.
package enum MissingValues: String, Sendable, CaseIterable, Codable {
  /// The file is refused, with line and column.
  case refuse
  /// The row is left out.
  case drop
  /// The column's mean takes its place, or its most frequent level. A target, weight or offset is never made up.
  case mean
}

/// Roles as positions in a file.
struct ColumnPositions {
  var target: Int
  var features: [Int]
  var categorical: Set<Int>
  var offset: Int?
  var exposure: Int?
  var weights: Int?

  /// Looks the columns up.
  /// - Throws: `EspalierError` where a column is not there, has two roles, or nothing is left that could explain.
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
      // A column that is named twice is one.
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
